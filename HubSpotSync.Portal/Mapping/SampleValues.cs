using System.ComponentModel.DataAnnotations.Schema;
using System.Text.Json;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Structure;
using HubSpotSync.Portal.Customers;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Mapping;

/// <summary>A real record on both sides, to see what a mapping means.</summary>
internal sealed record Sample(long HubSpotId, Guid LocalId, string Name, JsonElement Local, SampleRecord? HubSpot)
{
    /// <summary>The worker has not read HubSpot's side yet.</summary>
    public bool IsAwaited => HubSpot is null;

    public string? Here(string field) =>
        Local.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    public string? There(string property) => HubSpot?.Values.GetValueOrDefault(property);
}

/// <summary>Somebody who can be chosen as the sample.</summary>
internal sealed record SampleChoice(long HubSpotId, string Name);

internal sealed class SampleValues(CrmDbContext db, StructureQuestions questions, TimeProvider clock)
{
    private static readonly TimeSpan StaysTrue = TimeSpan.FromMinutes(5);

    /// <param name="wanted">HubSpot's id of a contact; without one the last that was chosen, or any.</param>
    public async Task<Sample?> FindAsync(
        HubSpotConnection connection, KnownStructure? structure, long? wanted, CancellationToken cancellationToken)
    {
        var id = wanted ?? structure?.Sample?.Id ?? 0;
        var rows = await db.Database.SqlQuery<Row>(
            $"""
            select l.hubspot_id, c.id, (to_jsonb(c) || c.custom)::text as fields
              from record_links l join customers c on c.id = l.local_id
              where l.connection_id = {connection.Id} and l.kind = {nameof(RecordKind.Contact)}
                and (l.hubspot_id = {id} or {wanted is null}) and c.archived_at is null
              order by l.hubspot_id = {id} desc limit 1
            """).ToListAsync(cancellationToken);
        if (rows is not [var row])
        {
            return null;
        }

        var known = structure?.Sample is { } read && read.Id == row.HubSpotId
            && clock.GetUtcNow() - read.ReadAt < StaysTrue
                ? read
                : null;
        if (known is null && structure?.WantsSample != row.HubSpotId)
        {
            await questions.AskForSampleAsync(connection.Id, row.HubSpotId, cancellationToken);
        }

        var fields = JsonSerializer.Deserialize<JsonElement>(row.Fields);
        var sample = new Sample(row.HubSpotId, row.Id, "", fields, known);
        var name = CustomerNames.Of(
            sample.Here("first_name"), sample.Here("last_name"), sample.Here(StandardFields.Email),
            sample.Here("company_name"));
        return sample with { Name = name };
    }

    public async Task<List<SampleChoice>> SearchAsync(
        Guid connectionId, string search, CancellationToken cancellationToken)
    {
        var found = await db.Customers.WithTextAsync(db, search, cancellationToken);
        return await (
                from link in db.Links
                join customer in found on link.LocalId equals customer.Id
                where link.ConnectionId == connectionId && link.Kind == RecordKind.Contact
                    && customer.ArchivedAt == null
                orderby customer.SortName
                select new SampleChoice(
                    link.HubspotId,
                    CustomerNames.Of(customer.FirstName, customer.LastName, customer.Email, customer.CompanyName)))
            .Take(6).ToListAsync(cancellationToken);
    }

    private sealed record Row(
        [property: Column("hubspot_id")] long HubSpotId,
        [property: Column("id")] Guid Id,
        [property: Column("fields")] string Fields);
}
