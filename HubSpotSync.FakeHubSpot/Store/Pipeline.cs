namespace HubSpotSync.FakeHubSpot.Store;

public sealed record Pipeline(string Id, string Label, int DisplayOrder, IReadOnlyList<PipelineStage> Stages);
