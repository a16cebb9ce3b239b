using HubSpotSync.Data;
using HubSpotSync.Data.Bulk;
using HubSpotSync.Data.Runs;
using HubSpotSync.HubSpotApi;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Worker.Runs;

/// <summary>
/// How far a claimed run is, and what people are told of it. Writes in a scope of its own: waits and reads ahead happen
/// while the job's own context is busy with a page.
/// </summary>
internal sealed class RunBook(ClaimedRun run, IServiceScopeFactory scopes)
{
    private const int SetsAsideFrom = 3;

    /// <summary>
    /// Without a page in between. A worker that dies, or a statement that takes too long, ends an attempt without a
    /// word; where that goes on, a person has to hear of it.
    /// </summary>
    private const int MostAttempts = 30;

    private Dictionary<RunStep, RunCheckpoint> _checkpoints = [];
    private int _attempts;

    public bool IsCounted { get; private set; }

    public RunDepth Depth { get; private set; }

    /// <summary>When the run began, by HubSpot's clock; <c>null</c> before HubSpot was asked anything.</summary>
    public DateTimeOffset? HubSpotStartedAt { get; private set; }

    /// <summary>Reads where an earlier attempt got to. Call it first.</summary>
    /// <exception cref="InvalidOperationException">It does not get on.</exception>
    public Task OpenAsync(CancellationToken cancellationToken) => WithAsync(async (db, _) =>
    {
        _checkpoints = await db.Checkpoints.AsNoTracking()
            .Where(checkpoint => checkpoint.RunId == run.RunId)
            .ToDictionaryAsync(checkpoint => checkpoint.Step, cancellationToken);
        var row = await db.Runs.AsNoTracking().SingleAsync(one => one.Id == run.RunId, cancellationToken);
        (IsCounted, Depth, HubSpotStartedAt, _attempts) =
            (row.Total is not null, row.Depth, row.HubspotStartedAt, row.Attempts);
        if (_attempts > MostAttempts)
        {
            throw new InvalidOperationException($"After {MostAttempts} attempts no page was written.");
        }
    });

    public bool IsDone(RunStep step) => _checkpoints.GetValueOrDefault(step)?.IsDone ?? false;

    public string? CursorOf(RunStep step) => _checkpoints.GetValueOrDefault(step)?.Cursor;

    /// <summary>For a step without pages, which would write its checkpoint themselves. Fenced as they are.</summary>
    /// <exception cref="FenceLostException">Somebody else has the run now.</exception>
    public Task MarkDoneAsync(RunStep step, CancellationToken cancellationToken) => WithAsync(async (db, _) =>
    {
        var marked = await db.Database.ExecuteSqlAsync(
            $"""
            insert into run_checkpoints (run_id, step, workspace_id, is_done)
              select {run.RunId}, {step.ToString()}, {run.WorkspaceId}, true from hubspot_connections
                where id = {run.ConnectionId} and epoch = {run.Epoch} for share
              on conflict (run_id, step) do update set is_done = true
            """,
            cancellationToken);
        if (marked == 0)
        {
            throw new FenceLostException();
        }
    });

    /// <summary>Makes it a full run.</summary>
    public Task DeepenAsync(CancellationToken cancellationToken)
    {
        Depth = RunDepth.Full;
        return WithAsync((_, claims) => claims.DeepenAsync(run, cancellationToken));
    }

    /// <summary>Keeps the first of these times, over every attempt.</summary>
    public Task RememberHubSpotTimeAsync(DateTimeOffset time, CancellationToken cancellationToken)
    {
        HubSpotStartedAt ??= time;
        return WithAsync((_, claims) =>
            claims.RememberHubSpotTimeAsync(run, HubSpotStartedAt.Value, cancellationToken)); // set just before
    }

    /// <param name="records">How many records there are to look at in all.</param>
    public Task SetTotalAsync(int records, CancellationToken cancellationToken) =>
        WithAsync((_, claims) => claims.SetTotalAsync(run, records, cancellationToken));

    /// <param name="left">How many records there are to look at beyond those that were.</param>
    public Task SetLeftAsync(int left, CancellationToken cancellationToken) => WithAsync(async (db, claims) =>
    {
        var processed = await db.Runs
            .Where(one => one.Id == run.RunId)
            .Select(one => one.Processed)
            .SingleAsync(cancellationToken);
        await claims.SetTotalAsync(run, processed + left, cancellationToken);
    });

    public Task SayWaitAsync(WaitReason? reason, TimeSpan time) =>
        WithAsync((_, claims) =>
            claims.SayWaitAsync(run, RunWords.Waiting(reason), time, CancellationToken.None));

    /// <summary>What the page that begins now commits under.</summary>
    /// <exception cref="OperationCanceledException">Somebody asked to stop, and no page is to begin.</exception>
    public PageProgress Progress(RunStep step, string? cursor, bool isDone) => run.Watch.StopsAfterPage
        ? throw new OperationCanceledException("Stopped between two pages.")
        : new PageProgress(run.RunId, run.Owner, run.Epoch, RunClaims.Lease, step, cursor, isDone)
        {
            MaySetAside = _attempts >= SetsAsideFrom,
        };

    private async Task WithAsync(Func<CrmDbContext, RunClaims, Task> act)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        db.EnterWorkspace(run.WorkspaceId, "engine");
        await act(db, scope.ServiceProvider.GetRequiredService<RunClaims>());
    }
}
