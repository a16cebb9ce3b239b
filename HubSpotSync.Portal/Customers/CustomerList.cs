using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Crm;
using HubSpotSync.Portal.Web;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Customers;

internal sealed record CustomerRow(
    Guid Id, string? FirstName, string? LastName, string? Email, string? Company, string? Phone, string? Stage,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public string Name => CustomerNames.Of(FirstName, LastName, Email, Company);
}

internal sealed record StageCount(string? Stage, int Customers);

/// <summary>Finds, counts and orders customers. Answers in two or three queries, however many there are.</summary>
internal sealed class CustomerList(CrmDbContext db)
{
    public const int PageSize = 50;

    public async Task<List<StageCount>> CountByStageAsync(string? search, CancellationToken cancellationToken) =>
        await Matching(search)
            .GroupBy(customer => customer.LifecycleStage)
            .Select(group => new StageCount(group.Key, group.Count()))
            .ToListAsync(cancellationToken);

    public async Task<List<CustomerRow>> ReadAsync(
        CustomerQuery query, Paging paging, CancellationToken cancellationToken)
    {
        var customers = Matching(query.Search);
        customers = query.Stage switch
        {
            null => customers,
            CustomerQuery.NoStage => customers.Where(customer => customer.LifecycleStage == null),
            var stage => customers.Where(customer => customer.LifecycleStage == stage),
        };
        var ordered = query.Sort switch
        {
            CustomerSort.Newest => customers
                .OrderByDescending(customer => customer.CreatedAt)
                .ThenBy(customer => customer.Id),
            CustomerSort.Changed => customers
                .OrderByDescending(customer => customer.UpdatedAt)
                .ThenBy(customer => customer.Id),
            _ => customers
                .OrderBy(customer => customer.SortName)
                .ThenBy(customer => customer.Id),
        };
        return await ordered.Skip(paging.Skip).Take(paging.Size)
            .Select(customer => new CustomerRow(
                customer.Id,
                customer.FirstName,
                customer.LastName,
                customer.Email,
                customer.CompanyName,
                customer.Phone,
                customer.LifecycleStage,
                customer.CreatedAt,
                customer.UpdatedAt))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Local id → HubSpot's id, for those that are linked.</summary>
    public async Task<Dictionary<Guid, long>> ReadLinksAsync(
        Guid? connectionId, RecordKind kind, IReadOnlyList<Guid> ids, CancellationToken cancellationToken) =>
        connectionId is null || ids.Count == 0
            ? []
            : await db.Links
                .Where(link => link.ConnectionId == connectionId && link.Kind == kind && ids.Contains(link.LocalId))
                .ToDictionaryAsync(link => link.LocalId, link => link.HubspotId, cancellationToken);

    private IQueryable<Customer> Matching(string? search)
    {
        var customers = db.Customers.AsNoTracking().Where(customer => customer.ArchivedAt == null);
        if (search is null)
        {
            return customers;
        }

        var found = db.Database.SqlQuery<Guid>($"""select id as "Value" from search_customers({search})""");
        return customers.Where(customer => found.Contains(customer.Id));
    }
}
