using HubSpotSync.Core.Records;
using HubSpotSync.Data.Crm;
using HubSpotSync.Portal.Companies;
using HubSpotSync.Portal.Customers.Tags;
using HubSpotSync.Portal.Customers.Writing;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Customers.Csv;

/// <summary>
/// Writes all that a list finds, row by row, so that a long list needs no more memory than a short one.
/// </summary>
internal sealed class RecordExport(CustomerList customers, CompanyList companies, RuleBook book, TagBook tags)
{
    // Each asks anew who matches, which for some filters takes as long as all that it finds.
    private const int Batch = 5000;

    public async Task CustomersAsync(CustomerQuery query, Stream to, CancellationToken cancellationToken)
    {
        var matching = await customers.MatchingAsync(query, cancellationToken);
        await WriteAsync<Customer>(
            RecordKind.Contact,
            cursor => CustomerList.Ordered(matching, CustomerSort.Name, cursor, isBack: false)
                .Take(Batch).ToListAsync(cancellationToken),
            row => row.SortName,
            to,
            cancellationToken);
    }

    public Task CompaniesAsync(CompanyQuery query, Stream to, CancellationToken cancellationToken) =>
        WriteAsync<Company>(
            RecordKind.Company,
            cursor => CompanyList.Ordered(companies.Matching(query), cursor).Take(Batch).ToListAsync(cancellationToken),
            row => row.SortName,
            to,
            cancellationToken);

    private async Task WriteAsync<TRow>(
        RecordKind kind,
        Func<ListCursor?, Task<List<TRow>>> readAfterAsync,
        Func<TRow, string?> sortName,
        Stream to,
        CancellationToken cancellationToken)
        where TRow : CrmRecord
    {
        var rules = await book.ReadAsync(kind, cancellationToken);
        await using var file = CsvText.Open(to);
        await file.WriteAsync(CsvText.Line(
            ["Id", .. rules.Map.Fields.Select(field => rules.LabelOf(field.Name)), "Tags", "Source", "Created"]));
        ListCursor? cursor = null;
        while (true)
        {
            var rows = await readAfterAsync(cursor);
            var tagsOf = await tags.OfManyAsync(kind, [.. rows.Select(row => row.Id)], cancellationToken);
            foreach (var row in rows)
            {
                await file.WriteAsync(CsvText.Line(
                [
                    row.Id.ToString(), .. rules.Map.Fields.Select(field => row.ValueOf(field.Name)),
                    string.Join("; ", tagsOf[row.Id].Select(tag => tag.Name)), row.Source, Moment(row),
                ]));
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
}
