using System.Text.Json;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Review;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Duplicates;

/// <summary>One of two customers who may be one person.</summary>
internal sealed record Half(Guid Id, JsonElement Fields, long? HubSpotId, DateTimeOffset CreatedAt)
{
    public string Name => Candidate.NameOf(Fields);

    public string? this[string field] => Candidate.Text(Fields, field);
}

/// <summary>A field of the two, and whose value is proposed.</summary>
internal sealed record ComparedField(string Name, string Label, string? First, string? Second, bool TakesFirst);

/// <summary>Two customers side by side. The first is the one that is proposed to stay.</summary>
internal sealed record Comparison(Half First, Half Second, IReadOnlyList<ComparedField> Differing, int Equal)
{
    /// <summary>Both are linked: the contact of the one that goes stays in HubSpot as it is.</summary>
    public bool BothLinked => First.HubSpotId is not null && Second.HubSpotId is not null;
}

internal sealed class Comparisons(CrmDbContext db)
{
    /// <returns><c>null</c>: one of the two is not there, or is archived.</returns>
    public async Task<Comparison?> FindAsync(
        Guid one, Guid other, HubSpotConnection? connection, CancellationToken cancellationToken)
    {
        var found = await db.Customers.AsNoTracking()
            .Where(customer => (customer.Id == one || customer.Id == other) && customer.ArchivedAt == null)
            .Select(customer => customer.Id).ToListAsync(cancellationToken);
        if (found.Count != 2)
        {
            return null;
        }

        var halves = new List<Half>();
        foreach (var id in found)
        {
            var text = (await db.Database.SqlQuery<string>(
                $"""select (to_jsonb(c) || c.custom)::text as "Value" from customers c where c.id = {id}""")
                .ToListAsync(cancellationToken))[0];
            var link = connection is null ? null : await db.Links.AsNoTracking().FirstOrDefaultAsync(
                link => link.ConnectionId == connection.Id && link.Kind == RecordKind.Contact && link.LocalId == id,
                cancellationToken);
            var fields = JsonSerializer.Deserialize<JsonElement>(text);
            halves.Add(new Half(id, fields, link?.HubspotId, fields.GetProperty("created_at").GetDateTimeOffset()));
        }

        var ordered = halves.OrderBy(half => half.HubSpotId is null).ThenBy(half => half.CreatedAt)
            .ThenBy(half => half.Id).ToList();
        return Compare(ordered[0], ordered[1], connection);
    }

    /// <summary>Fields that HubSpot owns are not chosen: the next look would put them right.</summary>
    private static Comparison Compare(Half first, Half second, HubSpotConnection? connection)
    {
        var map = connection?.Policy.MapOf(RecordKind.Contact)
            ?? new SyncPolicy(SyncMode.TwoWay, []).MapOf(RecordKind.Contact);
        var isLinked = first.HubSpotId is not null || second.HubSpotId is not null;
        var fields = map.Fields
            .Where(field => !isLinked || connection is null || field.Direction != FieldDirection.In)
            .Select(field => new ComparedField(
                field.Name, FieldFacts.LabelOf(map, field.Name), first[field.Name], second[field.Name],
                first[field.Name] is not null))
            .ToList();
        var differing = fields.Where(field => field.First != field.Second).ToList();
        return new Comparison(first, second, differing, fields.Count - differing.Count);
    }
}
