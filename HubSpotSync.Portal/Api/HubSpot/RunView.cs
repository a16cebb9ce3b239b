using HubSpotSync.Data.Runs;

namespace HubSpotSync.Portal.Api.HubSpot;

internal sealed record RunNumbers(
    int? Total, int Processed, int Created, int Updated, int Linked, int Unchanged, int Excluded, int Failed,
    int Pushed);

/// <summary>A run of the sync; its events say live how it goes on.</summary>
internal sealed record RunView(
    Guid Id, RunState State, RunTrigger Trigger, RunDepth Depth, RunStep? Step, DateTimeOffset RequestedAt,
    DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, RunNumbers Records, string? Error, string Events)
{
    public static string PathOf(Guid id) => $"/api/hubspot/runs/{id}";

    public static RunView Of(SyncRun run) => new(
        run.Id, run.State, run.Trigger, run.Depth, run.Step, run.RequestedAt, run.StartedAt, run.FinishedAt,
        new RunNumbers(
            run.Total, run.Processed, run.Created, run.Updated, run.Linked, run.Unchanged, run.Excluded, run.Failed,
            run.Pushed),
        run.LastError,
        $"{PathOf(run.Id)}/events");
}
