namespace HubSpotSync.FakeHubSpot.Store;

/// <summary>One change to a pipeline or, where a stage is named, to that stage; with what it was like after.</summary>
public sealed record PipelineAudit(string PipelineId, string? StageId, string Action, DateTimeOffset At, object Raw);
