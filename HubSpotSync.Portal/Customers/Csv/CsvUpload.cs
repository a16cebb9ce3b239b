using System.Text;
using System.Text.Json;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Jobs;
using HubSpotSync.Portal.Customers.Writing;
using HubSpotSync.Portal.Words;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Customers.Csv;

/// <summary>Takes a file in, row by row as it is, and guesses which column is which field.</summary>
internal sealed class CsvUpload(CrmDbContext db, RuleBook book, RowMatchings matchings, TimeProvider clock)
{
    public const long LargestFile = 25_000_000;
    private const int MostRows = 100_000;
    private const int MostColumns = 200;
    private const int Batch = 1000;

    /// <returns>The import, or why the file can't be taken.</returns>
    public async Task<(CsvImport? Import, string? Problem)> TakeAsync(
        RecordKind kind, string fileName, Stream file, Guid by, CancellationToken cancellationToken)
    {
        var text = await ReadTextAsync(file, cancellationToken);
        var separator = CsvText.Separator(text.Split('\n', 2)[0]);
        var headers = CsvText.Read(new StringReader(text), separator).FirstOrDefault();
        if (headers is null || headers.Length > MostColumns)
        {
            return (null, headers is null ? "The file is empty." : $"The file has more than {MostColumns} columns.");
        }

        var (rules, matching) = (await book.ReadAsync(kind, cancellationToken), matchings.Of(kind));
        var import = new CsvImport
        {
            Id = Guid.NewGuid(),
            WorkspaceId = db.WorkspaceId,
            Kind = kind,
            FileName = Path.GetFileName(fileName) is { Length: > 200 } name ? name[..200] : Path.GetFileName(fileName),
            Headers = headers,
            Mapping = Guess(headers, rules, matching),
            CreatedBy = by,
            CreatedAt = clock.GetUtcNow(),
        };
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.CsvImports.Add(import);
        await db.SaveChangesAsync(cancellationToken);
        foreach (var rows in CsvText.Read(new StringReader(text), separator).Skip(1).Chunk(Batch))
        {
            if (import.RowCount + rows.Length > MostRows)
            {
                return (null, $"The file has more than {Numbers.Count(MostRows)} rows. Cut it into parts.");
            }

            await InsertAsync(import, rows, cancellationToken);
            import.RowCount += rows.Length;
        }

        await db.SaveChangesAsync(cancellationToken);
        await matching.KeyAsync(import, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return import.RowCount == 0 ? (null, "The file has a head and no rows.") : (import, null);
    }

    private async Task InsertAsync(CsvImport import, string[][] rows, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.Serialize(rows.Select(row => row.Select(
            cell => cell.Replace("\0", "", StringComparison.Ordinal))));
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into csv_import_rows (import_id, line, workspace_id, cells)
              select {import.Id}, {import.RowCount} + position, {db.WorkspaceId},
                  array(select jsonb_array_elements_text(cells))
                from jsonb_array_elements({json}::jsonb) with ordinality as r (cells, position)
            """,
            cancellationToken);
    }

    private static Dictionary<int, string> Guess(string[] headers, RecordRules rules, RowMatching matching)
    {
        var mapping = new Dictionary<int, string>();
        foreach (var (at, header) in headers.Index())
        {
            var wanted = Letters(header);
            var name = rules.Map.Fields.FirstOrDefault(field => wanted == Letters(field.Name)
                    || wanted == Letters(rules.LabelOf(field.Name)) || wanted == Letters(field.HubSpotProperty))?.Name
                ?? matching.Columns.FirstOrDefault(column => column.Headers.Contains(wanted))?.Name;
            if (name is not null && !mapping.ContainsValue(name))
            {
                mapping[at] = name;
            }
        }

        return mapping;
    }

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    /// <summary>UTF-8, or what spreadsheets in the West write otherwise.</summary>
    private static async Task<string> ReadTextAsync(Stream file, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, cancellationToken);
        var content = bytes.ToArray();
        try
        {
            using var reader = new StreamReader(
                new MemoryStream(content), new UTF8Encoding(false, throwOnInvalidBytes: true));
            return await reader.ReadToEndAsync(cancellationToken);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(content);
        }
    }
}
