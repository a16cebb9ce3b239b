namespace HubSpotSync.HubSpotApi.Structure;

public sealed record HubSpotOwner(string Id, string? Email, string? FirstName, string? LastName, bool IsArchived);

public sealed record HubSpotPipeline(string Id, string Label, int DisplayOrder, IReadOnlyList<HubSpotStage> Stages);

public sealed record HubSpotStage(string Id, string Label, int DisplayOrder, bool IsClosed, decimal Probability);

public sealed record HubSpotOption(string Value, string Label);
