using System.ComponentModel.DataAnnotations.Schema;

namespace HubSpotSync.Worker.Runs;

/// <summary>A run that is ours until its lease ends, with the fencing number to commit under.</summary>
/// <param name="Owner">What the lease is held under.</param>
internal sealed record ClaimedRun(
    [property: Column("run_id")] Guid RunId,
    [property: Column("workspace_id")] Guid WorkspaceId,
    [property: Column("connection_id")] Guid ConnectionId,
    [property: Column("epoch")] long Epoch,
    [property: Column("owner")] string Owner,
    [property: Column("claimed_at")] DateTimeOffset ClaimedAt)
{
    internal RunWatch Watch { get; } = new();
}
