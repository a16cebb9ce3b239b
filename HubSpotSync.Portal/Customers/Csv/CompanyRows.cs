using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Crm;
using HubSpotSync.Data.Jobs;
using HubSpotSync.Portal.Shell;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Customers.Csv;

/// <summary>
/// Companies are told apart by their id, here or in HubSpot, else by the domain, else by the name. Domains and names
/// need not be unique: where several companies have one, the row has to say more.
/// </summary>
internal sealed class CompanyRows(CrmDbContext db, WorkspaceShell shell) : RowMatching
{
    private const string IdColumn = "recordId";
    private const string HubSpotColumn = "hubSpotId";
    private const int LongestName = 200; // of which the database compares

    public override RecordKind Kind => RecordKind.Company;

    public override string How =>
        "A row means the company that has its Id (as in an export from here) or its HubSpot record ID; else the one "
        + "that has its domain; a row without a domain the one that has its name, be it here or in another row.";

    public override string Nameless => "It has neither a domain nor a name.";

    public override string Several =>
        "Several companies are known by this. Give the Id of the one you mean, as in an export from here.";

    // No field of an admin can be called so.
    public override IReadOnlyList<KeyColumn> Columns { get; } =
    [
        new(IdColumn, "Id (here)", ["id"]),
        new(HubSpotColumn, "HubSpot record ID", ["recordid", "hubspotid", "hubspotrecordid"]),
    ];

    public override string SameAs(int line) => $"Row {line} is about the same company. Keep one of the two.";

    public override string NamedAs(int line) =>
        $"Row {line} is about a company of this name, by its domain or Id. If this is another one, give its domain.";

    public override bool IsWeak(string key) => key[0] == 'n';

    public override async Task KeyAsync(CsvImport import, CancellationToken cancellationToken)
    {
        var (id, hubSpot, domain, name) = (
            At(import, IdColumn), At(import, HubSpotColumn), At(import, StandardFields.Domain), At(import, "name"));
        var connection = (await shell.RequireAsync(cancellationToken)).Connection?.Id ?? Guid.Empty;
        await db.Database.ExecuteSqlAsync(
            $"""
            update csv_import_rows set key = coalesce(
                'i:' || nullif(lower(btrim(cells[{id}])), ''),
                'i:' || (select l.local_id from record_links l
                  where l.connection_id = {connection} and l.kind = 'Company' and l.detached_at is null
                    and l.hubspot_id = case
                      when btrim(cells[{hubSpot}]) ~ '^[0-9]+$' and length(btrim(cells[{hubSpot}])) < 19
                      then btrim(cells[{hubSpot}])::bigint end),
                'd:' || nullif(lower(btrim(cells[{domain}])), ''),
                'n:' || nullif(lower(left(btrim(cells[{name}]), {LongestName})), ''))
              where import_id = {import.Id}
            """,
            cancellationToken);
    }

    /// <summary>Those that have the name of a row without a domain, and a domain or an id.</summary>
    public override async Task<List<Namesake>> NamesakesAsync(
        CsvImport import, string[] keys, CancellationToken cancellationToken)
    {
        string[] names = [.. keys.Where(key => key[0] == 'n')];
        var name = At(import, "name");
        return names.Length == 0
            ? []
            : await db.Database.SqlQuery<Namesake>(
                $"""
                select n.key as "Key", r.key as "Own", min(r.line) as "Line" from csv_import_rows r
                  cross join lateral (select 'n:' || lower(left(btrim(r.cells[{name}]), {LongestName})) as key) n
                  where r.import_id = {import.Id} and r.key not like 'n:%' and n.key = any ({names})
                  group by n.key, r.key
                """).ToListAsync(cancellationToken);
    }

    public override async Task<IReadOnlyList<CrmRecord>> FindAsync(string[] keys, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. Of('i').Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty)];
        var (domains, names) = (Of('d'), Of('n'));
        return await db.Companies
            .FromSql(
                $"""
                select *, xmin from companies where archived_at is null
                  and (id = any ({ids}) or domain_key = any ({domains}) or name_key = any ({names}))
                """)
            .AsNoTracking()
            .ToListAsync(cancellationToken);

        string[] Of(char sort) => [.. keys.Where(key => key[0] == sort).Select(key => key[2..])];
    }

    public override IEnumerable<string> KeysOf(CrmRecord record)
    {
        yield return $"i:{record.Id}";
        if (record is Company { Domain: { Length: > 0 } domain })
        {
            yield return "d:" + domain.Trim().ToLowerInvariant();
        }

        if (record is Company { Name: { Length: > 0 } name })
        {
            var key = name.Trim().ToLowerInvariant();
            yield return "n:" + (key.Length > LongestName ? key[..LongestName] : key);
        }
    }

    public override string? Unknown(string key) =>
        key[0] == 'i' ? "No company here has this Id, or it is archived. Leave the Id out to create one." : null;

    public override string TitleOf(IReadOnlyDictionary<string, string> cells) =>
        $"{cells.GetValueOrDefault("name")} {cells.GetValueOrDefault(StandardFields.Domain)}".Trim();
}
