using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Crm;
using HubSpotSync.Data.Jobs;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Customers.Csv;

/// <summary>People are told apart by the e-mail, or by the names where there is none.</summary>
internal sealed class CustomerRows(CrmDbContext db) : RowMatching
{
    public override RecordKind Kind => RecordKind.Contact;

    public override string How =>
        "A row means the customer who has its e-mail. A row without one means the customer without an e-mail who has "
        + "its first name, last name and company name.";

    public override string Nameless => "It has neither an e-mail nor a name.";

    public override string Several => "Several customers are called so. Give the e-mail of the one you mean.";

    public override string SameAs(int line) => $"Row {line} is about the same person. Keep one of the two.";

    public override Task KeyAsync(CsvImport import, CancellationToken cancellationToken)
    {
        var (email, first, last, company) = (
            At(import, StandardFields.Email), At(import, "first_name"), At(import, "last_name"),
            At(import, "company_name"));
        return db.Database.ExecuteSqlAsync(
            $"""
            update csv_import_rows set key = coalesce(
                nullif(lower(btrim(cells[{email}])), ''),
                'n:' || nullif(lower(concat_ws('|', coalesce(btrim(cells[{first}]), ''),
                  coalesce(btrim(cells[{last}]), ''), coalesce(btrim(cells[{company}]), ''))), '||'))
              where import_id = {import.Id}
            """,
            cancellationToken);
    }

    public override async Task<IReadOnlyList<CrmRecord>> FindAsync(string[] keys, CancellationToken cancellationToken)
    {
        string[] emails = [.. keys.Where(key => !key.StartsWith("n:", StringComparison.Ordinal))];
        string[] names = [.. keys.Except(emails)];
        string[] sorted = [.. names.Select(SortKey).Distinct()];
        return await db.Customers
            .FromSql(
                $"""
                select *, xmin from customers
                  where archived_at is null and (email_key = any ({emails}) or sort_name = any ({sorted}))
                """)
            .AsNoTracking()
            .ToListAsync(cancellationToken);
    }

    public override IEnumerable<string> KeysOf(CrmRecord record) => record switch
    {
        Customer { Email: { } email } => [email.Trim().ToLowerInvariant()],
        Customer person => [NameKey(person.FirstName, person.LastName, person.CompanyName)],
        _ => [],
    };

    public override string TitleOf(IReadOnlyDictionary<string, string> cells)
    {
        var name = $"{cells.GetValueOrDefault("first_name")} {cells.GetValueOrDefault("last_name")}".Trim();
        return $"{name} {cells.GetValueOrDefault(StandardFields.Email)}".Trim();
    }

    private static string NameKey(params string?[] names) =>
        "n:" + string.Join('|', names.Select(name => name?.Trim().ToLowerInvariant() ?? ""));

    /// <summary>As the database makes <c>sort_name</c> of it.</summary>
    private static string SortKey(string key)
    {
        var parts = key[2..].Split('|');
        var name = parts.ElementAtOrDefault(1) is { Length: > 0 } last ? last
            : parts[0] is { Length: > 0 } first ? first
            : parts.ElementAtOrDefault(2) ?? "";
        return name.Length > 200 ? name[..200] : name;
    }
}
