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
    CsvImportRow Row, RowOutcome Outcome, IReadOnlyDictionary<string, string?> Values, Guid? RecordId, string? Say);

/// <summary>
/// Decides what becomes of each row: once for who looks before, and once when it is done. A blank cell says nothing,
/// and a row that says what the record says already changes nothing, so the same file twice is the same as once.
/// </summary>
internal sealed class ImportJudge(CrmDbContext db, RuleBook book, RowMatchings matchings)
{
    public async Task<List<RowVerdict>> JudgeAsync(
        CsvImport import, IReadOnlyList<CsvImportRow> rows, CancellationToken cancellationToken)
    {
        var (rules, matching) = (await book.ReadAsync(import.Kind, cancellationToken), matchings.Of(import.Kind));
        var asked = rows.Select(row => row.Key).OfType<string>().Distinct().ToArray();
        var others = await matching.NamesakesAsync(import, asked, cancellationToken);
        string[] keys = [.. asked.Union(others.Select(other => other.Own))];
        var found = await matching.FindAsync(keys, cancellationToken);
        var known = found
            .SelectMany(record => matching.KeysOf(record).Select(key => (Key: key, Record: record)))
            .ToLookup(pair => pair.Key, pair => pair.Record);
        var firsts = await FirstsAsync(import, [.. keys.Union(known.Select(group => group.Key))], cancellationToken);
        var linked = await book.LinkedAsync(rules, [.. found.Select(record => record.Id)], cancellationToken);
        var namesakes = others.Where(other => known[other.Own].Any() || matching.Unknown(other.Own) is null)
            .ToLookup(other => other.Key);
        return [.. rows.Select(JudgeRow)];

        RowVerdict JudgeRow(CsvImportRow row)
        {
            if (row.Key is not { } key)
            {
                return Refused(row, matching.Nameless);
            }

            // A record may be meant by its id in one row and by its name in another.
            CrmRecord[] meant = [.. known[key]];
            string[] sure = meant is [var only] ? [.. matching.KeysOf(only).Where(one => !matching.IsWeak(one))] : [];
            var isWeak = matching.IsWeak(key);
            var first = (isWeak ? [key] : sure.Append(key)).Min(one => firsts.GetValueOrDefault(one, row.Line));
            var surer = isWeak
                ? sure.Where(firsts.ContainsKey).Select(one => firsts[one])
                    .Concat(namesakes[key].Select(other => other.Line)).Order().FirstOrDefault()
                : 0;
            return first < row.Line ? Refused(row, matching.SameAs(first))
                : Meanings(key, meant) > 1 ? Refused(row, matching.Several)
                : surer > 0 ? Refused(row, matching.NamedAs(surer))
                : meant.Length == 0 && matching.Unknown(key) is { } why ? Refused(row, why)
                : Judge(import, row, rules, meant.FirstOrDefault(), linked);
        }

        // As many as there will be once the file is taken: in a file of many pages, some rows are judged after others
        // were written.
        int Meanings(string key, CrmRecord[] meant) => namesakes[key]
            .SelectMany(other => known[other.Own].Select(record => record.Id.ToString()).DefaultIfEmpty(other.Own))
            .Union(meant.Select(record => record.Id.ToString()))
            .Count();
    }

    /// <summary>The first row of each key.</summary>
    private Task<Dictionary<string, int>> FirstsAsync(
        CsvImport import, string[] keys, CancellationToken cancellationToken) => db.CsvImportRows.AsNoTracking()
        .Where(row => row.ImportId == import.Id && row.Key != null && keys.Contains(row.Key))
        .GroupBy(row => row.Key!) // asked for in the line above
        .Select(group => new { group.Key, Line = group.Min(row => row.Line) })
        .ToDictionaryAsync(first => first.Key, first => first.Line, cancellationToken);

    private static RowVerdict Judge(
        CsvImport import, CsvImportRow row, RecordRules rules, CrmRecord? record,
        IReadOnlyDictionary<Guid, long> linked)
    {
        var isLinked = record is not null && linked.ContainsKey(record.Id);
        var values = new Dictionary<string, string?>();
        var left = new List<string>();
        foreach (var (at, name) in import.Mapping.Where(pair => pair.Key < row.Cells.Length))
        {
            if (rules.Find(name) is not { } field || FieldValue.Normalize(field.Type, row.Cells[at]) is not { } value
                || value == record?.ValueOf(name))
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
        return record is null
            ? new RowVerdict(row, RowOutcome.Created, values, null, say)
            : values.Count == 0 || !import.Updates
                ? new RowVerdict(row, RowOutcome.Unchanged, values, record.Id, say)
                : new RowVerdict(row, RowOutcome.Updated, values, record.Id, say);
    }

    private static RowVerdict Refused(CsvImportRow row, string why) =>
        new(row, RowOutcome.Refused, new Dictionary<string, string?>(), null, why);
}
