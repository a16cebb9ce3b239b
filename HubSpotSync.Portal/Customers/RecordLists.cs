using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Portal.Companies;

namespace HubSpotSync.Portal.Customers;

/// <summary>The lists of customers and of companies, for what is done with either.</summary>
internal sealed class RecordLists(CrmDbContext db, CustomerList customers, CompanyList companies)
{
    /// <summary>Ids of all that there are.</summary>
    public IQueryable<Guid> All(RecordKind kind) => kind == RecordKind.Contact
        ? db.Customers.Select(row => row.Id)
        : db.Companies.Select(row => row.Id);

    /// <summary>Ids of all that a list finds, by the part of its address after the question mark.</summary>
    public async Task<IQueryable<Guid>> MatchingAsync(
        RecordKind kind, string? query, CancellationToken cancellationToken) => kind == RecordKind.Contact
            ? (await customers.MatchingAsync(CustomerQuery.Parse(query), cancellationToken)).Select(row => row.Id)
            : companies.Matching(CompanyQuery.Parse(query)).Select(row => row.Id);

    /// <summary>The same list from its beginning, and nothing in it that means nothing.</summary>
    public static string FirstOf(RecordKind kind, string? query) => kind == RecordKind.Contact
        ? CustomerQuery.Parse(query).First().QueryString()
        : CompanyQuery.Parse(query).First().QueryString();

    public static string HrefOf(RecordKind kind, string? query) => RecordNames.ListOf(kind) + FirstOf(kind, query);
}
