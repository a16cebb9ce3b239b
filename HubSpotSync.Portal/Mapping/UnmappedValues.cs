using System.ComponentModel.DataAnnotations.Schema;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Mapping;

/// <summary>Counts customers whose value has no row in its field's value table, by field.</summary>
internal sealed class UnmappedValues(CrmDbContext db)
{
    public async Task<Dictionary<string, int>> CountAsync(
        HubSpotConnection connection, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var field in connection.CustomFields.Where(field => field is
            { Kind: RecordKind.Contact, Field: { Values: not null, TravelsToHubSpot: true } }))
        {
            var rows = await db.Database.SqlQuery<Row>(
                $"""
                select custom ->> {field.Field.Name} as value, count(*)::int as customers from customers
                  where archived_at is null and custom ? {field.Field.Name} group by 1
                """).ToListAsync(cancellationToken);
            counts[field.Field.Name] = rows
                .Where(row => field.Field.ToHubSpot(FieldValue.Normalize(field.Field.Type, row.Value)) is null)
                .Sum(row => row.Customers);
        }

        return counts;
    }

    private sealed record Row(
        [property: Column("value")] string? Value, [property: Column("customers")] int Customers);
}
