using System.ComponentModel.DataAnnotations.Schema;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Portal.Words;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Mapping;

/// <summary>What changes for one field, and whom it touches.</summary>
internal sealed record FieldChangeLine(string Label, string Before, string After, string Touches);

/// <summary>Counts whom a change of the mapping touches, before it is saved.</summary>
internal sealed class FieldReach(CrmDbContext db)
{
    public async Task<IReadOnlyList<FieldChangeLine>> OfAsync(
        HubSpotConnection connection, ChosenMapping chosen, CancellationToken cancellationToken)
    {
        var (before, after) = (ChosenMapping.Of(connection).States(connection.Mode), chosen.States(connection.Mode));
        var changed = before.Keys.Union(after.Keys)
            .Where(key => before.GetValueOrDefault(key) != after.GetValueOrDefault(key)).ToList();
        var lines = new List<FieldChangeLine>();
        foreach (var key in changed)
        {
            var (kind, name) = key.Split('.') is [var first, var second]
                ? (Enum.Parse<RecordKind>(first), second)
                : default;
            var reach = await CountAsync(connection.Id, kind, name, cancellationToken);
            lines.Add(new FieldChangeLine(
                $"{FieldWords.Kind(kind)}: {LabelOf(connection, chosen, kind, name)}",
                Say(before.GetValueOrDefault(key), after.GetValueOrDefault(key)),
                Say(after.GetValueOrDefault(key), before.GetValueOrDefault(key)),
                Touches(before.GetValueOrDefault(key), after.GetValueOrDefault(key), reach)));
        }

        return lines;
    }

    /// <summary>What of a state differs from the other one.</summary>
    public static string Say(FieldState? state, FieldState? other)
    {
        if (state is null)
        {
            return "not mapped";
        }

        List<string> parts = [];
        if (other is null || other.Direction != state.Direction)
        {
            parts.Add(FieldWords.Direction(Enum.Parse<FieldDirection>(state.Direction)));
        }

        if (other is not null && other.Conflict != state.Conflict)
        {
            parts.Add(FieldWords.Conflict(Enum.Parse<ConflictRule>(state.Conflict)));
        }

        if (other is not null && other.Blank != state.Blank)
        {
            parts.Add(FieldWords.Blank(Enum.Parse<BlankRule>(state.Blank)));
        }

        if (other is not null && other.Values != state.Values)
        {
            parts.Add(state.Values ?? "the same values on both sides");
        }

        return string.Join(", ", parts);
    }

    private static string Touches(FieldState? before, FieldState? after, Reach reach) => (before, after) switch
    {
        (null, _) => $"{Numbers.Of(reach.Linked, "linked record")} will be looked at for it",
        (_, null) => $"{Numbers.Of(reach.Filled, "record")} here {(reach.Filled == 1 ? "has" : "have")} a value; "
            + "it stays, and is no longer kept in step",
        (_, { Direction: "Off" }) =>
            $"{Numbers.Of(reach.Filled, "value")} here {(reach.Filled == 1 ? "stays" : "stay")}, but not in step",
        _ => $"{Numbers.Of(reach.Linked, "linked record")}, of which {Numbers.Count(reach.Filled)} "
            + "have a value here, will be looked at",
    };

    private static string LabelOf(HubSpotConnection connection, ChosenMapping chosen, RecordKind kind, string name)
    {
        var custom = chosen.CustomFields.Concat(connection.CustomFields)
            .FirstOrDefault(field => field.Kind == kind && field.Field.Name == name);
        return custom?.Field.Label
            ?? Customers.FieldFacts.LabelOf(connection.Policy.MapOf(kind), name);
    }

    /// <summary>In one pass over the linked records; the name is one of the map's.</summary>
    private async Task<Reach> CountAsync(
        Guid connectionId, RecordKind kind, string name, CancellationToken cancellationToken)
    {
        var table = kind switch
        {
            RecordKind.Contact => "customers",
            RecordKind.Company => "companies",
            _ => "deals",
        };
        var isCustom = StandardOf(kind).PositionOf(name) < 0;
        var sql = $$"""
            select count(*)::int as linked, count({{(isCustom ? "r.custom ->> {2}" : $"r.{name}")}})::int as filled
              from record_links l join {{table}} r on r.id = l.local_id
              where l.connection_id = {0} and l.kind = {1} and l.detached_at is null and r.archived_at is null
                and {2} <> ''
            """;
        var rows = await db.Database.SqlQueryRaw<Reach>(sql, connectionId, kind.ToString(), name)
            .ToListAsync(cancellationToken);
        return rows[0];
    }

    private static FieldMap StandardOf(RecordKind kind) => kind switch
    {
        RecordKind.Contact => StandardFields.Contacts,
        RecordKind.Company => StandardFields.Companies,
        _ => StandardFields.Deals,
    };

    private sealed record Reach(
        [property: Column("linked")] int Linked, [property: Column("filled")] int Filled);
}
