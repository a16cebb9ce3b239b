using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
using Npgsql;

namespace HubSpotSync.Data.Bulk;

/// <summary>
/// The part of a page that says what its records belong to. In a run companies arrive before contacts and contacts
/// before deals; else what is named may come later, and is awaited. The links of who is named are asked for by a list
/// of ids, as in <see cref="PageLinks"/>: joined to the page, Postgres goes through all links.
/// </summary>
internal sealed class PageAssociations(
    NpgsqlConnection connection, Guid workspaceId, Guid connectionId, RecordTable table)
{
    /// <summary>As in the table: blanks do not count in a name, nor does what is behind its beginning.</summary>
    private const string NameKey = @"lower(left(btrim(r.company_name, E' \t\r\n\u00a0'), 200))";

    /// <summary>The companies that HubSpot's ids in <c>$3</c> name, those that are here.</summary>
    private const string CompaniesHere =
        $"""
        companies_here as materialized (select hubspot_id, local_id from record_links
          where connection_id = $1 and kind = '{nameof(RecordKind.Company)}' and hubspot_id = any($3))
        """;

    /// <summary>The company that stays of those that were merged here and had the name.</summary>
    private const string MergedOfName =
        $"""
        (select s.id from companies o join companies s on s.id = company_that_stays(o.id) and s.archived_at is null
          where o.workspace_id = $2 and o.merged_into is not null and o.name_key = {NameKey} and o.name_key <> ''
          order by o.id limit 1)
        """;

    public async Task WriteAsync(IReadOnlyList<PageRow> rows, CancellationToken cancellationToken)
    {
        if (!rows.Any(row => row.KnowsCompany || row.KnowsPeople))
        {
            return;
        }

        long[] companies = [.. rows.Select(row => row.CompanyHubSpotId).OfType<long>().Distinct()];
        long[] people = [.. rows.SelectMany(row => row.ContactHubSpotIds).Distinct()];
        var areNamed = companies.Length + people.Length > 0 || rows.Any(row => row.Write != LocalWrite.Create);
        if (areNamed)
        {
            // Before who is here is linked: one that comes in between is linked and looked for once more; the other way
            // round it would be neither. Where nothing is named, nor was before, nobody is awaited.
            await AwaitAsync(companies, people, cancellationToken);
        }

        if (table.Map.Kind == RecordKind.Contact && (areNamed || rows.Any(HasCompanyName)))
        {
            await MakeNamedCompaniesAsync(cancellationToken);
            await WriteCustomerCompanyAsync(companies, cancellationToken);
        }
        else if (table.Map.Kind == RecordKind.Deal && areNamed)
        {
            await WriteDealCompanyAsync(companies, cancellationToken);
            await WriteDealPeopleAsync(people, cancellationToken);
        }
    }

    private bool HasCompanyName(PageRow row)
    {
        var at = table.Map.PositionOf(StandardFields.CompanyName);
        return at >= 0 && !row.Values.IsDefaultOrEmpty && row.Values[at] is not null;
    }

    private async Task AwaitAsync(long[] companies, long[] people, CancellationToken cancellationToken)
    {
        await using var command = Command(
            $"""
            with named as (
              select '{RecordKind.Contact}' as kind, named.hubspot_id, p.hubspot_id as by_hubspot_id
                from page_rows p cross join lateral unnest(p.contact_hubspot_ids) as named(hubspot_id)
                where p.local_id is not null and p.hubspot_id is not null and p.knows_people
              union
              select '{RecordKind.Company}', p.company_hubspot_id, p.hubspot_id from page_rows p
                where p.local_id is not null and p.hubspot_id is not null and p.knows_company
                  and p.company_hubspot_id is not null),
            here as materialized (
              select kind, hubspot_id from record_links
                where connection_id = $1 and kind = '{RecordKind.Contact}' and hubspot_id = any($4)
              union all
              select kind, hubspot_id from record_links
                where connection_id = $1 and kind = '{RecordKind.Company}' and hubspot_id = any($3)),
            awaited as (
              select n.* from named n where (n.kind, n.hubspot_id) not in (select kind, hubspot_id from here)),
            no_more as (
              delete from awaited_links a using page_rows p
                where a.connection_id = $1 and a.by_kind = '{table.Map.Kind}' and a.by_hubspot_id = p.hubspot_id
                  and (p.knows_people or p.knows_company)
                  and not exists (select 1 from awaited w where w.kind = a.kind and w.hubspot_id = a.hubspot_id
                    and w.by_hubspot_id = a.by_hubspot_id))
            insert into awaited_links (connection_id, kind, hubspot_id, by_kind, by_hubspot_id, workspace_id)
              select $1, kind, hubspot_id, '{table.Map.Kind}', by_hubspot_id, $2 from awaited
              on conflict do nothing
            """,
            connectionId, workspaceId, companies, people);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Companies that HubSpot knows by nothing but the text in its contacts. In a statement of its own: another page
    /// may make the same one in this moment, and the next statement sees whichever came first.
    /// </summary>
    private async Task MakeNamedCompaniesAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(
            $"""
            insert into companies (id, workspace_id, name, source)
              select distinct on ({NameKey}) gen_random_uuid(), $2, btrim(r.company_name), 'contact'
                from page_rows p join customers r on r.id = p.local_id
                where p.knows_company and p.company_hubspot_id is null and r.archived_at is null
                  and {NameKey} <> ''
                  and not exists (select 1 from companies o
                    where o.workspace_id = $2 and o.archived_at is null and o.name_key = {NameKey})
                  and {MergedOfName} is null
                  and r.company_by is distinct from 'person'
                order by {NameKey}
              on conflict (workspace_id, name_key) where source = 'contact' and archived_at is null do nothing
            """,
            connectionId, workspaceId);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// HubSpot's company, else what a person here has said, none too, else the one that the text names; of those that
    /// were merged here the one that stays.
    /// </summary>
    private async Task WriteCustomerCompanyAsync(long[] companies, CancellationToken cancellationToken)
    {
        await using var command = Command(
            $"""
            with {CompaniesHere},
            said as materialized (
              select r.id, r.company_by, r.company_by = 'person' as by_person, r.company_id,
                  case when (select m.merged_into from companies m where m.id = l.local_id) is null then l.local_id
                    else company_that_stays(l.local_id) end as by_hubspot,
                  case when l.local_id is null and r.company_by is distinct from 'person' and {NameKey} <> '' then
                    coalesce((select o.id from companies o
                      where o.workspace_id = $2 and o.archived_at is null and o.name_key = {NameKey}
                      order by o.source = 'contact', o.created_at, o.id limit 1), {MergedOfName}) end as by_text
                from page_rows p
                join customers r on r.id = p.local_id
                left join companies_here l on l.hubspot_id = p.company_hubspot_id
                where p.knows_company and r.workspace_id = $2),
            belongs as (
              select id, said.company_id as had_id, said.company_by as had_by,
                  case when by_hubspot is not null then by_hubspot when by_person then company_id else by_text end
                    as company_id,
                  case when by_hubspot is not null then 'hubspot' when by_person then 'person'
                    when by_text is not null then 'text' end as company_by
                from said)
            update customers r set company_id = b.company_id, company_by = b.company_by from belongs b
              where r.id = b.id and (b.had_id, b.had_by) is distinct from (b.company_id, b.company_by)
            """,
            connectionId, workspaceId, companies);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>HubSpot's company, else one of ours that was chosen here.</summary>
    private async Task WriteDealCompanyAsync(long[] companies, CancellationToken cancellationToken)
    {
        await using var command = Command(
            $"""
            with {CompaniesHere},
            belongs as materialized (
              select r.id, case
                  when (select m.merged_into from companies m where m.id = l.local_id) is not null
                    then company_that_stays(l.local_id)
                  when l.local_id is not null then l.local_id
                  when exists (select 1 from companies o where o.id = r.company_id and o.source = 'local'
                    and not exists (select 1 from record_links c where c.connection_id = $1
                      and c.kind = '{RecordKind.Company}' and c.local_id = o.id)) then r.company_id
                  end as company_id, r.company_id as had_id
                from page_rows p
                join deals r on r.id = p.local_id
                left join companies_here l on l.hubspot_id = p.company_hubspot_id
                where p.knows_company and r.workspace_id = $2)
            update deals r set company_id = b.company_id from belongs b
              where r.id = b.id and b.had_id is distinct from b.company_id
            """,
            connectionId, workspaceId, companies);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task WriteDealPeopleAsync(long[] people, CancellationToken cancellationToken)
    {
        await using var command = Command(
            $"""
            with people_here as materialized (
              select hubspot_id, local_id from record_links
                where connection_id = $1 and kind = '{RecordKind.Contact}' and hubspot_id = any($3)),
            named as (
              select p.local_id as deal_id,
                  case when (select m.merged_into from customers m where m.id = l.local_id) is null then l.local_id
                    else customer_that_stays(l.local_id) end as customer_id
                from page_rows p
                cross join lateral unnest(p.contact_hubspot_ids) as named(hubspot_id)
                join people_here l on l.hubspot_id = named.hubspot_id
                where p.local_id is not null and p.knows_people),
            gone as (
              delete from deal_customers d using page_rows p
                where d.deal_id = p.local_id and p.knows_people and p.write <> 'Create'
                  and not exists (select 1 from named n where n.deal_id = d.deal_id and n.customer_id = d.customer_id))
            insert into deal_customers (workspace_id, deal_id, customer_id)
              select $2, deal_id, customer_id from named
              on conflict do nothing
            """,
            connectionId, workspaceId, people);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlCommand Command(string sql, params object[] values) => connection.CommandOf(sql, values);
}
