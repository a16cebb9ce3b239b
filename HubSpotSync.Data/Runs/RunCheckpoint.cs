namespace HubSpotSync.Data.Runs;

/// <summary>How far a step of a run got; written in the same transaction as the page it speaks of.</summary>
public sealed class RunCheckpoint : IWorkspaceOwned
{
    public Guid RunId { get; init; }
    public RunStep Step { get; init; }
    public Guid WorkspaceId { get; init; }
    public string? Cursor { get; set; }
    public bool IsDone { get; set; }
}
