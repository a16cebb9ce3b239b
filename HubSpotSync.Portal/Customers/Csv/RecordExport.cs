using System.Text;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Crm;
using HubSpotSync.Portal.Companies;
using HubSpotSync.Portal.Customers.Writing;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Customers.Csv;

/// <summary>
/// Writes all that a list finds, row by row, so that a long list needs no more memory than a short one.
/// </summary>
internal sealed class RecordExport(CrmDbContext db, CustomerList customers, CompanyList companies, RuleBook book)
{
    private const int Batch = 1000;

    public async Task CustomersAsync(CustomerQuery query, Stream to, CancellationToken cancellationToken)
    {
        ILookup<Guid, string> tags = null!; // read with each batch, before its rows are written
        await WriteAsync<Customer>(
            RecordKind.Contact,
            ["Tags", "Source", "Created"],
            async cursor =>
            {
                var rows = await CustomerList
                    .Ordered(customers.Matching(query), CustomerSort.Name, cursor, isBack: false)
                    .Take(Batch)
                    .ToListAsync(cancellationToken);
                tags = await TagsAsync([.. rows.Select(row => row.Id)], cancellationToken);
                return rows;
            },
            row => row.SortName,
            row => [string.Join("; ", tags[row.Id]), row.Source, Moment(row)],
            to,
            cancellationToken);
    }

    public Task CompaniesAsync(CompanyQuery query, Stream to, CancellationToken cancellationToken) =>
        WriteAsync<Company>(
            RecordKind.Company,
            ["Source", "Created"],
            cursor => CompanyList.Ordered(companies.Matching(query), cursor).Take(Batch).ToListAsync(cancellationToken),
            row => row.SortName,
            row => [row.Source, Moment(row)],
            to,
            cancellationToken);

    private async Task WriteAsync<TRow>(
        RecordKind kind,
        string[] lastLabels,
        Func<ListCursor?, Task<List<TRow>>> readAfterAsync,
        Func<TRow, string?> sortName,
        Func<TRow, string[]> last,
        Stream to,
        CancellationToken cancellationToken)
        where TRow : CrmRecord
    {
        var rules = await book.ReadAsync(kind, cancellationToken);
        // Spreadsheets want a mark.
        await using var file = new StreamWriter(to, new UTF8Encoding(true), leaveOpen: true);
        await file.WriteAsync(CsvText.Line(
            ["Id", .. rules.Map.Fields.Select(field => rules.LabelOf(field.Name)), .. lastLabels]));
        ListCursor? cursor = null;
        while (true)
        {
            var rows = await readAfterAsync(cursor);
            foreach (var row in rows)
            {
                await file.WriteAsync(CsvText.Line(
                    [row.Id.ToString(), .. rules.Map.Fields.Select(field => row.ValueOf(field.Name)), .. last(row)]));
            }

            await file.FlushAsync(cancellationToken);
            if (rows.Count < Batch)
            {
                return;
            }

            cursor = new ListCursor(sortName(rows[^1]) ?? "", rows[^1].Id, IsAfter: true);
        }
    }

    private static string Moment(CrmRecord row) => row.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null);

    private async Task<ILookup<Guid, string>> TagsAsync(Guid[] ids, CancellationToken cancellationToken) =>
        (await db.CustomerTags.AsNoTracking()
            .Where(row => ids.Contains(row.CustomerId))
            .Select(row => new { row.CustomerId, row.Tag!.Name }) // its key says so
            .ToListAsync(cancellationToken))
        .ToLookup(row => row.CustomerId, row => row.Name);
}
