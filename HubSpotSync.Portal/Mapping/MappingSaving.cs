using HubSpotSync.Data;
using HubSpotSync.Data.Runs;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Rules;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Mapping;

/// <summary>Saves the mapping with a note of who changed what, and asks for the full run that follows.</summary>
internal sealed class MappingSaving(CrmDbContext db, RunRequests runs, AuditLog audit, TimeProvider clock)
{
    public const string Action = "hubspot.mapping_changed";

    public async Task<RulesSaved> SaveAsync(
        Guid connectionId, ChosenMapping chosen, string? seen, Guid? userId, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var connection = await db.Connections
            .FromSql($"select *, xmin from hubspot_connections where id = {connectionId} for no key update")
            .SingleAsync(cancellationToken);
        var known = ChosenMapping.Of(connection);
        if (known.Fingerprint(connection.Mode) != seen)
        {
            return RulesSaved.Clash;
        }

        var (was, now) = (known.States(connection.Mode), chosen.States(connection.Mode));
        var changed = was.Keys.Union(now.Keys)
            .Where(key => was.GetValueOrDefault(key) != now.GetValueOrDefault(key)).ToList();
        var before = changed.ToDictionary(key => key, key => (object?)was.GetValueOrDefault(key));
        var after = changed.ToDictionary(key => key, key => (object?)now.GetValueOrDefault(key));
        if (known.MatchField != chosen.MatchField)
        {
            (before["matchField"], after["matchField"]) = (known.MatchField, chosen.MatchField);
        }

        if (after.Count == 0)
        {
            return RulesSaved.Unchanged;
        }

        chosen.ApplyTo(connection);
        connection.RulesChangedAt = clock.GetUtcNow();
        audit.Add(userId, Action, $"hub {connection.HubId}", before, after);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (connection.FirstRunDoneAt is null)
        {
            return RulesSaved.SavedBeforeFirstRun;
        }

        var run = await runs.RequestAsync(connection.Id, RunTrigger.Rules, RunDepth.Full, userId, cancellationToken);
        return run.StartedAt is null ? RulesSaved.RunFollows : RulesSaved.RunFollowsLater;
    }
}
