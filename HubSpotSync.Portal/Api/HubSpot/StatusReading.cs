using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Journal;
using HubSpotSync.HubSpotApi.Limits;
using HubSpotSync.Portal.Health;
using HubSpotSync.Portal.Progress;
using HubSpotSync.Portal.Shell;
using HubSpotSync.Portal.Words;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Api.HubSpot;

/// <summary>How the connection is doing, in one answer.</summary>
internal sealed class StatusReading(
    CrmDbContext db,
    WorkspaceShell shell,
    SyncFacts facts,
    HealthFacts health,
    RequestBudget budget,
    TimeProvider clock)
{
    private const int MostErrors = 20;

    public async Task<StatusView> ReadAsync(CancellationToken cancellationToken)
    {
        var state = await shell.RequireAsync(cancellationToken);
        var connection = state.Connection;
        return new StatusView
        {
            State = connection?.State ?? ConnectionState.Disconnected,
            Reason = connection?.StateReason,
            Since = connection?.StateSince,
            HubId = connection?.HubId,
            AccountName = connection?.AccountName,
            Mode = connection?.Mode,
            LastSuccessAt = connection?.LastSuccessAt,
            Schedule = connection is null
                ? null
                : new ScheduleView(connection.Schedule, state.Workspace.TimeZone, connection.NextRunAt),
            Counts = await CountAsync(connection, cancellationToken),
            Errors = connection is null ? [] : await ErrorsAsync(connection, cancellationToken),
            Budget = connection is null ? null : await BudgetAsync(connection, cancellationToken),
            Run = state.ActiveRun is { } run ? RunProgress.Of(run, clock.GetUtcNow()) : null,
        };
    }

    private async Task<CountsView> CountAsync(HubSpotConnection? connection, CancellationToken cancellationToken)
    {
        var counts = connection is null
            ? new SyncCounts(0, 0, 0)
            : await facts.CountAsync(connection.Id, cancellationToken);
        var waiting = await db.Database.SqlQuery<int>(
            $"""select count(*)::int as "Value" from sync_requests where parked_at is null""")
            .ToListAsync(cancellationToken);
        return new CountsView(
            await db.Customers.CountAsync(row => row.ArchivedAt == null, cancellationToken),
            await db.Companies.CountAsync(row => row.ArchivedAt == null, cancellationToken),
            await db.Deals.CountAsync(row => row.ArchivedAt == null, cancellationToken),
            counts.InSync, counts.Excluded, counts.Failing, waiting[0]);
    }

    private async Task<IReadOnlyList<ErrorView>> ErrorsAsync(
        HubSpotConnection connection, CancellationToken cancellationToken)
    {
        var groups = await db.Outcomes
            .Where(row => row.ConnectionId == connection.Id && row.State == OutcomeState.Failing)
            .GroupBy(row => new { row.Reason, row.Detail })
            .Select(group => new { group.Key.Reason, group.Key.Detail, Count = group.Count() })
            .OrderByDescending(group => group.Count)
            .Take(MostErrors)
            .ToListAsync(cancellationToken);
        return
        [
            .. groups.Select(group => new ErrorView(
                group.Reason, group.Detail, ReasonWords.Say(group.Reason, group.Detail, connection), group.Count)),
        ];
    }

    private async Task<BudgetView> BudgetAsync(
        HubSpotConnection connection, CancellationToken cancellationToken) => new(
        await WindowAsync(connection.HubId, RateLimit.Burst),
        await WindowAsync(connection.HubId, RateLimit.Search),
        await health.DayAsync(connection, cancellationToken) is { } day
            ? new DayView(day.Limit, day.Used, day.LearntAt, day.IsNearlyUsed)
            : null);

    private async Task<WindowView> WindowAsync(long hubId, RateLimit limit) =>
        new(limit.Requests, Math.Floor(limit.Window.TotalSeconds), await budget.CountAsync(hubId, limit));
}
