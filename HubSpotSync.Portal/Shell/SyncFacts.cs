using HubSpotSync.Data;
using HubSpotSync.Data.Journal;
using HubSpotSync.Data.Runs;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Shell;

/// <summary>How the records of a connection are doing, in numbers.</summary>
internal sealed record SyncCounts(int InSync, int Excluded, int Failing);

/// <summary>A run with the name of who asked for it.</summary>
internal sealed record RunRow(SyncRun Run, string? RequestedBy);

internal sealed class SyncFacts(CrmDbContext db)
{
    public async Task<SyncCounts> CountAsync(Guid connectionId, CancellationToken cancellationToken)
    {
        var counts = await db.Outcomes
            .Where(outcome => outcome.ConnectionId == connectionId)
            .GroupBy(outcome => outcome.State)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        return new SyncCounts(
            counts.GetValueOrDefault(OutcomeState.InSync),
            counts.GetValueOrDefault(OutcomeState.Excluded),
            counts.GetValueOrDefault(OutcomeState.Failing));
    }

    public async Task<List<RunRow>> ReadRunsAsync(int take, CancellationToken cancellationToken)
    {
        var runs = await db.Runs.AsNoTracking()
            .OrderByDescending(run => run.RequestedAt)
            .Take(take)
            .ToListAsync(cancellationToken);
        var askers = runs.Select(run => run.RequestedBy).OfType<Guid>().Distinct().ToList();
        var names = await db.Users
            .Where(user => askers.Contains(user.Id))
            .ToDictionaryAsync(user => user.Id, user => user.DisplayName, cancellationToken);
        return
        [
            .. runs.Select(run => new RunRow(
                run, run.RequestedBy is { } asker ? names.GetValueOrDefault(asker) : null)),
        ];
    }
}
