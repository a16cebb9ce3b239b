using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Crm;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Web;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Companies;

internal sealed record CompanyRow(Guid Id, string? Name, string? Domain, string? City, string? Country)
{
    public string? SortName { get; init; }
}

/// <param name="Total">How many the query finds, on all its pages.</param>
internal sealed record CompanyPage(IReadOnlyList<CompanyRow> Rows, int Total, bool HasPrevious, bool HasNext);

/// <summary>Finds and orders companies; a page deep in the list costs what the first one does.</summary>
internal sealed class CompanyList(CrmDbContext db)
{
    public const int PageSize = 50;

    public async Task<CompanyPage> ReadAsync(CompanyQuery query, CancellationToken cancellationToken)
    {
        var matching = Matching(query);
        var total = await matching.CountAsync(cancellationToken);
        var isBack = query.Cursor is { IsAfter: false };
        var rows = await Ordered(matching, query.Cursor).Take(PageSize + 1)
            .Select(row => new CompanyRow(row.Id, row.Name, row.Domain, row.City, row.Country)
            {
                SortName = row.SortName,
            })
            .ToListAsync(cancellationToken);
        var hasMore = rows.Count > PageSize;
        rows = [.. rows.Take(PageSize)];
        if (isBack)
        {
            rows.Reverse();
        }

        return new CompanyPage(
            rows, total, isBack ? hasMore : query.Cursor is not null, isBack ? query.Cursor is not null : hasMore);
    }

    /// <summary>All that the query finds, in no order.</summary>
    public IQueryable<Company> Matching(CompanyQuery query)
    {
        var companies = query.Sync is { } standing
            ? SyncStandings.Of(db.Companies, RecordKind.Company, standing).AsNoTracking()
            : db.Companies.AsNoTracking();
        companies = query.IsArchived
            ? companies.Where(company => company.ArchivedAt != null)
            : companies.Where(company => company.ArchivedAt == null);
        companies = query.Owner switch
        {
            null => companies,
            CompanyQuery.NoOwner => companies.Where(company => company.HubspotOwnerId == null),
            var owner => companies.Where(company => company.HubspotOwnerId == owner),
        };
        if (query.Source is { } source)
        {
            companies = companies.Where(company => company.Source == source);
        }

        if (query.Tag is { } tag)
        {
            companies = companies.Where(company => db.CompanyTags
                .Any(row => row.TagId == tag && row.CompanyId == company.Id));
        }

        if (query.Search is { } search)
        {
            var begins = LikePattern.Beginning(search);
            companies = companies.Where(company =>
                EF.Functions.ILike(company.Name!, begins, LikePattern.Escape) // null is no match
                || EF.Functions.ILike(company.Domain!, begins, LikePattern.Escape)); // likewise
        }

        return companies;
    }

    /// <summary>By name, from the cursor on; the nearest one first where the page before it is wanted.</summary>
    public static IQueryable<Company> Ordered(IQueryable<Company> companies, ListCursor? cursor) => cursor switch
    {
        null => companies.OrderBy(row => row.SortName).ThenBy(row => row.Id),
        { IsAfter: true, Key: var name, Id: var id } => companies
            .Where(row => EF.Functions.GreaterThan(
                ValueTuple.Create(row.SortName, row.Id), ValueTuple.Create(name, id)))
            .OrderBy(row => row.SortName).ThenBy(row => row.Id),
        { Key: var name, Id: var id } => companies
            .Where(row => EF.Functions.LessThan(
                ValueTuple.Create(row.SortName, row.Id), ValueTuple.Create(name, id)))
            .OrderByDescending(row => row.SortName).ThenByDescending(row => row.Id),
    };
}
