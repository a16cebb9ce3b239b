using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Runs;
using HubSpotSync.Data.Schedules;
using HubSpotSync.Portal.Access;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Rules;

internal enum RulesSaved
{
    /// <summary>They are as they were.</summary>
    Unchanged,

    /// <summary>Somebody else was faster; nothing was saved.</summary>
    Clash,

    /// <summary>No record has to be looked at again for it.</summary>
    Saved,

    /// <summary>Nothing has ever been synced, so nothing follows.</summary>
    SavedBeforeFirstRun,
    RunFollows,

    /// <summary>A run under old rules has to end first.</summary>
    RunFollowsLater,
}

/// <summary>
/// Saves rules with a note of who changed what, and asks for the full run that follows. Where this process dies between
/// the two, the schedule finds rules that are newer than the last full run and asks for it.
/// </summary>
internal sealed class RulesSaving(CrmDbContext db, RunRequests runs, AuditLog audit, TimeProvider clock)
{
    public const string Action = "hubspot.rules_changed";

    /// <param name="seen">What the rules were when the person looked at them.</param>
    /// <param name="userId">Who saves them.</param>
    public async Task<RulesSaved> SaveAsync(
        Guid connectionId, SyncRules rules, string? seen, Guid? userId, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.JoinTransactionAsync(cancellationToken);
        var connection = await db.Connections
            .FromSql($"select *, xmin from hubspot_connections where id = {connectionId} for no key update")
            .SingleAsync(cancellationToken);
        var known = SyncRules.Of(connection);
        var changed = rules.DifferencesTo(known);
        if (changed.Count == 0)
        {
            return RulesSaved.Unchanged;
        }

        if (known.Fingerprint != seen)
        {
            return RulesSaved.Clash;
        }

        var looksAgain = changed.Keys.Any(name => name != SyncRules.ScheduleName);
        rules.ApplyTo(connection);
        connection.RulesChangedAt = looksAgain ? clock.GetUtcNow() : connection.RulesChangedAt;
        if (changed.ContainsKey(SyncRules.ScheduleName))
        {
            connection.NextRunAt = await NextRunAsync(rules.Schedule, cancellationToken);
        }

        audit.Add(userId, Action, $"hub {connection.HubId}", known.DifferencesTo(rules), changed);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return looksAgain ? await FollowAsync(connection, userId, cancellationToken) : RulesSaved.Saved;
    }

    private async Task<RulesSaved> FollowAsync(
        HubSpotConnection connection, Guid? userId, CancellationToken cancellationToken)
    {
        if (connection.FirstRunDoneAt is null)
        {
            return RulesSaved.SavedBeforeFirstRun;
        }

        var run = await runs.RequestAsync(connection.Id, RunTrigger.Rules, RunDepth.Full, userId, cancellationToken);
        return run.StartedAt is null ? RulesSaved.RunFollows : RulesSaved.RunFollowsLater;
    }

    private async Task<DateTimeOffset?> NextRunAsync(string schedule, CancellationToken cancellationToken)
    {
        var id = await db.Workspaces.Select(workspace => workspace.TimeZone).SingleAsync(cancellationToken);
        return CronTimes.NextOf(schedule, WorkspaceZone.Of(id), clock.GetUtcNow());
    }
}
