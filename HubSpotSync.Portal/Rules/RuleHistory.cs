using System.Text.Json;
using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Structure;
using HubSpotSync.Portal.Words;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Rules;

internal sealed record RuleChange(string Rule, string Before, string After);

/// <summary>What somebody changed at one time.</summary>
internal sealed record RuleChanges(string Who, DateTimeOffset At, IReadOnlyList<RuleChange> Changes);

/// <summary>Who changed which rule, out of the audit log.</summary>
internal sealed class RuleHistory(CrmDbContext db)
{
    public const string FilterAction = "hubspot.filter_changed";
    private static readonly string[] Actions = [RulesSaving.Action, FilterAction];

    public async Task<IReadOnlyList<RuleChanges>> ReadAsync(
        HubSpotConnection connection, KnownStructure? structure, int most, CancellationToken cancellationToken)
    {
        var subject = $"hub {connection.HubId}";
        var entries = await db.Audit.AsNoTracking()
            .Where(entry => Actions.Contains(entry.Action) && entry.Subject == subject)
            .OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Id)
            .Take(most)
            .ToListAsync(cancellationToken);
        var people = entries.Select(entry => entry.UserId).OfType<Guid>().Distinct().ToList();
        var names = await db.Users.Where(user => people.Contains(user.Id))
            .ToDictionaryAsync(user => user.Id, user => user.DisplayName, cancellationToken);
        return
        [
            .. entries.Select(entry => new RuleChanges(
                entry.UserId is { } id ? names.GetValueOrDefault(id, "Somebody")
                    : entry.KeyId is null ? "The operator" : "A program, by an API key",
                entry.At,
                Changes(entry.Before, entry.After, connection, structure))),
        ];
    }

    private static List<RuleChange> Changes(
        string? before, string? after, HubSpotConnection connection, KnownStructure? structure)
    {
        using var was = JsonDocument.Parse(before ?? "{}");
        using var now = JsonDocument.Parse(after ?? "{}");
        return now.RootElement.EnumerateObject()
            .Select(rule => new RuleChange(
                RuleWords.Label(rule.Name),
                was.RootElement.TryGetProperty(rule.Name, out var old)
                    ? RuleWords.Value(rule.Name, old, connection, structure)
                    : "–",
                RuleWords.Value(rule.Name, rule.Value, connection, structure)))
            .ToList();
    }
}
