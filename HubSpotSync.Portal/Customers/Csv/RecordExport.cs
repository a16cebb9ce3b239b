using System.Text;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Portal.Customers.Writing;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Customers.Csv;

/// <summary>
/// Writes all that a list finds, row by row, so that a long list needs no more memory than a short one.
/// </summary>
internal sealed class CustomerExport(CrmDbContext db, CustomerList customers, RuleBook book)
{
    private const int Batch = 1000;

    public async Task WriteAsync(CustomerQuery query, Stream to, CancellationToken cancellationToken)
    {
        var rules = await book.ReadAsync(RecordKind.Contact, cancellationToken);
        // Spreadsheets want a mark.
        await using var file = new StreamWriter(to, new UTF8Encoding(true), leaveOpen: true);
        await file.WriteAsync(CsvText.Line(
            ["Id", .. rules.Map.Fields.Select(field => rules.LabelOf(field.Name)), "Tags", "Source", "Created"]));
        ListCursor? cursor = null;
        while (true)
        {
            var rows = await CustomerList.Ordered(customers.Matching(query), CustomerSort.Name, cursor, isBack: false)
                .Take(Batch)
                .ToListAsync(cancellationToken);
            var tags = await TagsAsync([.. rows.Select(row => row.Id)], cancellationToken);
            foreach (var row in rows)
            {
                await file.WriteAsync(CsvText.Line(
                [
                    row.Id.ToString(),
                    .. rules.Map.Fields.Select(field => row.ValueOf(field.Name)),
                    string.Join("; ", tags[row.Id]),
                    row.Source,
                    row.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null),
                ]));
            }

            await file.FlushAsync(cancellationToken);
            if (rows.Count < Batch)
            {
                return;
            }

            cursor = new ListCursor(rows[^1].SortName ?? "", rows[^1].Id, IsAfter: true);
        }
    }

    private async Task<ILookup<Guid, string>> TagsAsync(Guid[] ids, CancellationToken cancellationToken) =>
        (await db.CustomerTags.AsNoTracking()
            .Where(row => ids.Contains(row.CustomerId))
            .Select(row => new { row.CustomerId, row.Tag!.Name }) // its key says so
            .ToListAsync(cancellationToken))
        .ToLookup(row => row.CustomerId, row => row.Name);
}
