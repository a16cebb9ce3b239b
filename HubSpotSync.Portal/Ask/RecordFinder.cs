using System.ComponentModel.DataAnnotations.Schema;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Portal.Why;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Ask;

/// <summary>Finds the records that somebody may mean by a name or an address.</summary>
internal sealed class RecordFinder(CrmDbContext db)
{
    private const int Most = 6;

    /// <summary>Those that are called exactly so; without any, whoever has it in a name or an address.</summary>
    public async Task<IReadOnlyList<FoundRecord>> FindAsync(
        HubSpotConnection connection, string subject, CancellationToken cancellationToken)
    {
        var rows = await db.Database.SqlQuery<Row>(
            $"""
            with called as materialized (select id from records_called({subject})),
            found as (
              select 'Contact' as kind, c.id, null::bigint as hubspot_id, c.email as detail,
                  coalesce(nullif(btrim(concat_ws(' ', c.first_name, c.last_name)), ''), c.email, c.company_name)
                    as name
                from customers c where c.id in (select id from called)
              union all
              select 'Company', c.id, null, c.domain, coalesce(c.name, c.domain)
                from companies c where c.id in (select id from called)
              union all
              select 'Deal', d.id, null, null, d.name
                from deals d where d.id in (select id from called)
              union all
              select 'Contact', null, i.hubspot_id, i.fields ->> 'email',
                  coalesce(nullif(btrim(concat_ws(' ', i.fields ->> 'first_name', i.fields ->> 'last_name')), ''),
                    i.fields ->> 'email')
                from import_candidates i
                where i.connection_id = {connection.Id}
                  and i.hubspot_id in (select hubspot_id from search_candidates({connection.Id}, {subject})))
            select f.kind, f.id, coalesce(f.hubspot_id, l.hubspot_id) as hubspot_id, f.name, f.detail,
                lower({subject}) in (lower(f.name), lower(f.detail)) as is_exact
              from found f
              left join record_links l on l.connection_id = {connection.Id} and l.kind = f.kind and l.local_id = f.id
              order by is_exact desc, f.name limit {Most}
            """).ToListAsync(cancellationToken);
        var exact = rows.FindAll(row => row.IsExact);
        return (exact.Count > 0 ? exact : rows).ConvertAll(row => new FoundRecord(
            row.Name ?? "No name",
            row.Detail,
            RecordAddress.Of(Enum.Parse<RecordKind>(row.Kind), row.HubSpotId, row.HubSpotId is null ? row.Id : null)));
    }

    private sealed record Row(
        [property: Column("kind")] string Kind,
        [property: Column("id")] Guid? Id,
        [property: Column("hubspot_id")] long? HubSpotId,
        [property: Column("name")] string? Name,
        [property: Column("detail")] string? Detail,
        [property: Column("is_exact")] bool IsExact);
}
