using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using HubSpotSync.Data;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Progress;

/// <summary>
/// The progress of one run as it happens. Every event says all there is, so it does not matter which came before:
/// a browser that reconnects just goes on.
/// </summary>
internal sealed class RunEvents(CrmDbContext db, RunSignals signals, TimeProvider clock)
{
    private static readonly TimeSpan LookAtLeast = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookAtMost = TimeSpan.FromMilliseconds(250);

    // A browser comes back by itself; so nobody keeps watching after losing the right to.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    public async Task<RunProgress?> ReadAsync(Guid runId, RunPace pace, CancellationToken cancellationToken)
    {
        var run = await db.Runs.AsNoTracking().FirstOrDefaultAsync(run => run.Id == runId, cancellationToken);
        if (run is null)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        pace.Add(now, run.Processed);
        return RunProgress.Of(run, now, pace.PerSecond());
    }

    public async IAsyncEnumerable<SseItem<RunProgress>> StreamAsync(
        Guid runId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pace = new RunPace();
        var reached = 0;
        var ends = clock.GetUtcNow() + Longest;
        while (!cancellationToken.IsCancellationRequested && clock.GetUtcNow() < ends)
        {
            var change = signals.ChangeOf(runId); // taken before reading, so that no change falls between
            if (await ReadAsync(runId, pace, cancellationToken) is not { } progress)
            {
                yield break;
            }

            // The total can grow while records are counted; what was reached once stays reached.
            reached = Math.Max(reached, progress.Percent ?? 0);
            progress = progress with { Percent = progress.Percent is null ? null : reached };
            yield return new SseItem<RunProgress>(progress, progress.IsFinal ? "final" : "progress")
            {
                ReconnectionInterval = TimeSpan.FromSeconds(2),
            };
            if (progress.IsFinal)
            {
                yield break;
            }

            await Task.Delay(LookAtMost, clock, cancellationToken);
            await Task.WhenAny(change, Task.Delay(LookAtLeast, clock, cancellationToken));
        }
    }
}
