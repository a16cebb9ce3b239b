using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Bulk;
using HubSpotSync.Data.Journal;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Worker.Syncing;

/// <summary>
/// A page that meets an error of ours again and again is left out of its run, and every record of it is said to have
/// failed. At its end the run asks for looks at them, which take fewer and fewer together, until the one that makes the
/// error is alone.
/// </summary>
internal sealed class SetAside(CrmDbContext db, PageWriter writer)
{
    /// <summary>Where more fail, it is no record that makes the error, and the run has to stop at it.</summary>
    private const int Most = 3_000;

    /// <returns>Whether the page is out of the way.</returns>
    public async Task<bool> TryAsync(
        SyncContext context,
        RecordKind kind,
        IReadOnlyList<RecordKey> page,
        PageProgress progress,
        CancellationToken cancellationToken)
    {
        var before = await db.Outcomes.CountAsync(
            outcome => outcome.ConnectionId == context.ConnectionId && outcome.State == OutcomeState.Failing
                && outcome.Reason == OutcomeReason.ErrorOfOurs,
            cancellationToken);
        if (before + page.Count > Most)
        {
            return false;
        }

        var ids = page.Select(key => key.HubSpotId).OfType<long>().ToList();
        var locals = await db.Links
            .Where(link => link.ConnectionId == context.ConnectionId && link.Kind == kind)
            .Where(link => ids.Contains(link.HubspotId))
            .ToDictionaryAsync(link => link.HubspotId, link => link.LocalId, cancellationToken);
        PageRow[] rows =
        [
            .. page.Select(key => new PageRow
            {
                LocalId = key.LocalId ?? (locals.TryGetValue(key.HubSpotId ?? 0, out var local) ? local : null),
                HubSpotId = key.HubSpotId,
                State = OutcomeState.Failing,
                Reason = OutcomeReason.ErrorOfOurs,
            }),
        ];
        await writer.WriteAsync(
            context.ConnectionId,
            context.TableOf(kind),
            rows,
            progress,
            acceptMoved: true,
            Task.CompletedTask,
            cancellationToken);
        return true;
    }
}
