using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Crm;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Customers;

internal sealed record CustomerRow(
    Guid Id, string? FirstName, string? LastName, string? Email, string? Company, string? Phone, string? Stage,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public string? SortName { get; init; }

    public string Name => CustomerNames.Of(FirstName, LastName, Email, Company);

    public string KeyIn(CustomerSort sort) => sort switch
    {
        CustomerSort.Newest => ListCursor.KeyOf(CreatedAt),
        CustomerSort.Changed => ListCursor.KeyOf(UpdatedAt),
        _ => SortName ?? "",
    };
}

internal sealed record StageCount(string? Stage, int Customers);

internal sealed record CustomerPage(IReadOnlyList<CustomerRow> Rows, bool HasPrevious, bool HasNext);

/// <summary>
/// Finds, counts and orders customers. Answers in two or three queries, however many there are, and a page deep in the
/// list is found through the index like the first one.
/// </summary>
internal sealed class CustomerList(CrmDbContext db)
{
    public const int PageSize = 50;

    public async Task<List<StageCount>> CountByStageAsync(CustomerQuery query, CancellationToken cancellationToken) =>
        await (await MatchingAsync(query with { Stage = null }, cancellationToken))
            .GroupBy(customer => customer.LifecycleStage)
            .Select(group => new StageCount(group.Key, group.Count()))
            .ToListAsync(cancellationToken);

    public async Task<CustomerPage> ReadAsync(CustomerQuery query, CancellationToken cancellationToken)
    {
        var isBack = query.Cursor is { IsAfter: false };
        var matching = await MatchingAsync(query, cancellationToken);
        var rows = await Ordered(matching, query.Sort, query.Cursor, isBack).Take(PageSize + 1)
            .Select(customer => new CustomerRow(
                customer.Id,
                customer.FirstName,
                customer.LastName,
                customer.Email,
                customer.Company!.Name ?? customer.CompanyName, // without a company there is none
                customer.Phone,
                customer.LifecycleStage,
                customer.CreatedAt,
                customer.UpdatedAt)
            {
                SortName = customer.SortName,
            })
            .ToListAsync(cancellationToken);
        var hasMore = rows.Count > PageSize;
        rows = [.. rows.Take(PageSize)];
        if (isBack)
        {
            rows.Reverse();
        }

        return new CustomerPage(
            rows, isBack ? hasMore : query.Cursor is not null, isBack ? query.Cursor is not null : hasMore);
    }

    /// <summary>Local id → HubSpot's id, for those that are linked.</summary>
    public async Task<Dictionary<Guid, long>> ReadLinksAsync(
        Guid? connectionId, RecordKind kind, IReadOnlyList<Guid> ids, CancellationToken cancellationToken) =>
        connectionId is null || ids.Count == 0
            ? []
            : await db.Links
                .Where(link => link.ConnectionId == connectionId && link.Kind == kind && ids.Contains(link.LocalId))
                .ToDictionaryAsync(link => link.LocalId, link => link.HubspotId, cancellationToken);

    /// <summary>All that the query finds, in no order.</summary>
    public async Task<IQueryable<Customer>> MatchingAsync(CustomerQuery query, CancellationToken cancellationToken)
    {
        var customers = query.Sync is { } standing
            ? SyncStandings.Of(db.Customers, RecordKind.Contact, standing).AsNoTracking()
            : db.Customers.AsNoTracking();
        customers = query.IsArchived
            ? customers.Where(customer => customer.ArchivedAt != null)
            : customers.Where(customer => customer.ArchivedAt == null);
        customers = query.Stage switch
        {
            null => customers,
            CustomerQuery.NoStage => customers.Where(customer => customer.LifecycleStage == null),
            var stage => customers.Where(customer => customer.LifecycleStage == stage),
        };
        customers = query.Owner switch
        {
            null => customers,
            CustomerQuery.NoOwner => customers.Where(customer => customer.HubspotOwnerId == null),
            var owner => customers.Where(customer => customer.HubspotOwnerId == owner),
        };
        if (query.Source is { } source)
        {
            customers = customers.Where(customer => customer.Source == source);
        }

        if (query.Tag is { } tag)
        {
            customers = customers.Where(customer => db.CustomerTags
                .Any(row => row.TagId == tag && row.CustomerId == customer.Id));
        }

        return query.Search is { } search
            ? await customers.WithTextAsync(db, search, cancellationToken)
            : customers;
    }

    /// <summary>Rows from the cursor on; backwards, the nearest one first, where the page before is wanted.</summary>
    public static IQueryable<Customer> Ordered(
        IQueryable<Customer> customers, CustomerSort sort, ListCursor? cursor, bool isBack) => sort switch
        {
            CustomerSort.Newest => Newest(customers, cursor, isBack),
            CustomerSort.Changed => Changed(customers, cursor, isBack),
            _ => Named(customers, cursor, isBack),
        };

    private static IQueryable<Customer> Named(IQueryable<Customer> customers, ListCursor? cursor, bool isBack)
    {
        if (cursor is { Key: var name, Id: var id })
        {
            customers = isBack
                ? customers.Where(row => EF.Functions.LessThan(
                    ValueTuple.Create(row.SortName, row.Id), ValueTuple.Create(name, id)))
                : customers.Where(row => EF.Functions.GreaterThan(
                    ValueTuple.Create(row.SortName, row.Id), ValueTuple.Create(name, id)));
        }

        return isBack
            ? customers.OrderByDescending(row => row.SortName).ThenByDescending(row => row.Id)
            : customers.OrderBy(row => row.SortName).ThenBy(row => row.Id);
    }

    // The newest first, and of the same moment by id: two directions, which one comparison of rows can't say.
    private static IQueryable<Customer> Newest(IQueryable<Customer> customers, ListCursor? cursor, bool isBack)
    {
        if (cursor is { Moment: var at, Id: var id })
        {
            customers = isBack
                ? customers.Where(row => row.CreatedAt >= at && (row.CreatedAt > at || row.Id.CompareTo(id) < 0))
                : customers.Where(row => row.CreatedAt <= at && (row.CreatedAt < at || row.Id.CompareTo(id) > 0));
        }

        return isBack
            ? customers.OrderBy(row => row.CreatedAt).ThenByDescending(row => row.Id)
            : customers.OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id);
    }

    private static IQueryable<Customer> Changed(IQueryable<Customer> customers, ListCursor? cursor, bool isBack)
    {
        if (cursor is { Moment: var at, Id: var id })
        {
            customers = isBack
                ? customers.Where(row => row.UpdatedAt >= at && (row.UpdatedAt > at || row.Id.CompareTo(id) < 0))
                : customers.Where(row => row.UpdatedAt <= at && (row.UpdatedAt < at || row.Id.CompareTo(id) > 0));
        }

        return isBack
            ? customers.OrderBy(row => row.UpdatedAt).ThenByDescending(row => row.Id)
            : customers.OrderByDescending(row => row.UpdatedAt).ThenBy(row => row.Id);
    }
}
