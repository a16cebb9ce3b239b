using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Crm;
using HubSpotSync.Data.Jobs;
using HubSpotSync.Portal.Customers.Writing;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Customers.Csv;

/// <summary>What becomes of a row.</summary>
/// <param name="Say">Why it is refused, or what of it is not taken.</param>
internal sealed record RowVerdict(
    CsvImportRow Row, RowOutcome Outcome, IReadOnlyDictionary<string, string?> Values, Guid? CustomerId, string? Say);

/// <summary>
/// Decides what becomes of each row: once for who looks before, and once when it is done. A blank cell says nothing,
/// and a row that says what the customer says already changes nothing, so the same file twice is the same as once.
/// </summary>
internal sealed class ImportJudge(CrmDbContext db, RuleBook book)
{
    public async Task<List<RowVerdict>> JudgeAsync(
        CsvImport import, IReadOnlyList<CsvImportRow> rows, CancellationToken cancellationToken)
    {
        var rules = await book.ReadAsync(RecordKind.Contact, cancellationToken);
        var keys = rows.Select(row => row.Key).OfType<string>().Distinct().ToArray();
        var firsts = await db.CsvImportRows.AsNoTracking()
            .Where(row => row.ImportId == import.Id && row.Key != null && keys.Contains(row.Key))
            .GroupBy(row => row.Key!) // asked for in the line above
            .Select(group => new { group.Key, Line = group.Min(row => row.Line) })
            .ToDictionaryAsync(first => first.Key, first => first.Line, cancellationToken);
        var known = await KnownAsync(keys, cancellationToken);
        var linked = await book.LinkedAsync(
            rules, [.. known.SelectMany(group => group).Select(customer => customer.Id)], cancellationToken);
        return
        [
            .. rows.Select(row => row.Key is { } key && firsts[key] < row.Line
                ? Refused(row, $"Row {firsts[key]} is about the same person. Keep one of the two.")
                : Judge(import, row, rules, [.. known[row.Key ?? ""]], linked)),
        ];
    }

    private static RowVerdict Judge(
        CsvImport import, CsvImportRow row, RecordRules rules, IReadOnlyList<Customer> known,
        IReadOnlyDictionary<Guid, long> linked)
    {
        if (row.Key is null)
        {
            return Refused(row, "It has neither an e-mail nor a name.");
        }

        if (known.Count > 1)
        {
            return Refused(row, "Several customers are called so. Give the e-mail of the one you mean.");
        }

        var customer = known is [var only] ? only : null;
        var isLinked = customer is not null && linked.ContainsKey(customer.Id);
        var values = new Dictionary<string, string?>();
        var left = new List<string>();
        foreach (var (at, name) in import.Mapping.Where(pair => pair.Key < row.Cells.Length))
        {
            if (rules.Find(name) is not { } field || FieldValue.Normalize(field.Type, row.Cells[at]) is not { } value
                || value == customer?.ValueOf(name))
            {
                continue;
            }

            if (FieldCheck.ProblemOf(field, value) is { } problem)
            {
                return Refused(row, $"{rules.LabelOf(name)}: {problem}");
            }

            if (rules.Locks(field, isLinked))
            {
                left.Add(rules.LabelOf(name));
            }
            else
            {
                values[name] = value;
            }
        }

        var say = left.Count == 0 ? null : $"{string.Join(", ", left)}: HubSpot's, so not taken from the file.";
        return customer is null
            ? new RowVerdict(row, RowOutcome.Created, values, null, say)
            : values.Count == 0 || !import.Updates
                ? new RowVerdict(row, RowOutcome.Unchanged, values, customer.Id, say)
                : new RowVerdict(row, RowOutcome.Updated, values, customer.Id, say);
    }

    private static RowVerdict Refused(CsvImportRow row, string why) =>
        new(row, RowOutcome.Refused, new Dictionary<string, string?>(), null, why);

    /// <summary>Customers by the key of the rows that mean them.</summary>
    private async Task<ILookup<string, Customer>> KnownAsync(string[] keys, CancellationToken cancellationToken)
    {
        string[] emails = [.. keys.Where(key => !key.StartsWith("n:", StringComparison.Ordinal))];
        string[] names = [.. keys.Except(emails)];
        string[] sorted = [.. names.Select(SortKey).Distinct()];
        var found = await db.Customers
            .FromSql(
                $"""
                select *, xmin from customers
                  where archived_at is null and (email_key = any ({emails}) or sort_name = any ({sorted}))
                """)
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        return found
            .SelectMany(customer => KeysOf(customer).Select(key => (Key: key, Customer: customer)))
            .ToLookup(pair => pair.Key, pair => pair.Customer);
    }

    private static IEnumerable<string> KeysOf(Customer customer) =>
        customer.Email is { } email
            ? [email.Trim().ToLowerInvariant()]
            : [NameKey(customer.FirstName, customer.LastName, customer.CompanyName)];

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
