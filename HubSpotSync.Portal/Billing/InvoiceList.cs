using System.Linq.Expressions;
using HubSpotSync.Core.Billing;
using HubSpotSync.Data;
using HubSpotSync.Data.Billing;
using HubSpotSync.Portal.Web;
using HubSpotSync.Portal.Words;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Billing;

internal sealed record InvoiceRow(
    Guid Id, string? Number, InvoiceState State, string? Buyer, DateOnly IssuedOn, DateOnly DueOn, decimal Net,
    decimal Tax, decimal Total, decimal Paid, string Currency)
{
    public static readonly Expression<Func<Invoice, InvoiceRow>> Of = invoice => new InvoiceRow(
        invoice.Id, invoice.Number, invoice.State, invoice.BuyerName, invoice.IssuedOn, invoice.DueOn, invoice.Net,
        invoice.Tax, invoice.Total, invoice.Paid, invoice.Currency);

    public decimal Balance => InvoiceRules.BalanceOf(State, Total, Paid);
}

/// <summary>What is open in one currency, and how much of it is overdue.</summary>
internal sealed record OpenSum(string Currency, decimal Open, decimal Overdue);

internal sealed record InvoicePage(
    IReadOnlyDictionary<InvoiceFilter, int> Counts, IReadOnlyList<OpenSum> Sums, Paging Paging,
    IReadOnlyList<InvoiceRow> Rows);

/// <summary>Finds, counts and sums invoices, in four queries however many there are.</summary>
internal sealed class InvoiceList(CrmDbContext db)
{
    public const int PageSize = 50;

    private static readonly InvoiceState[] Open = [InvoiceState.Sent, InvoiceState.PartlyPaid];

    public async Task<InvoicePage> ReadAsync(InvoiceQuery query, DateOnly today, CancellationToken cancellationToken)
    {
        var matching = Matching(query);
        var counts = await CountAsync(matching, today, cancellationToken);
        var paging = new Paging(query.Page, PageSize, counts[query.Filter]);
        var rows = await Ordered(Filtered(matching, query.Filter, today))
            .Skip(paging.Skip).Take(paging.Size)
            .Select(InvoiceRow.Of)
            .ToListAsync(cancellationToken);
        return new InvoicePage(counts, await SumAsync(matching, today, cancellationToken), paging, rows);
    }

    /// <summary>All that the query finds, one after the other, in the order of the list.</summary>
    public IAsyncEnumerable<InvoiceRow> StreamAsync(InvoiceQuery query, DateOnly today) =>
        Ordered(Filtered(Matching(query), query.Filter, today)).Select(InvoiceRow.Of).AsAsyncEnumerable();

    /// <summary>How many there are and what they come to, without any of them.</summary>
    public async Task<(IReadOnlyDictionary<InvoiceFilter, int> Counts, IReadOnlyList<OpenSum> Sums)> SummarizeAsync(
        DateOnly today, CancellationToken cancellationToken)
    {
        var all = db.Invoices.AsNoTracking();
        return (await CountAsync(all, today, cancellationToken), await SumAsync(all, today, cancellationToken));
    }

    public Task<List<InvoiceRow>> OfAsync(
        Expression<Func<Invoice, bool>> which, CancellationToken cancellationToken) =>
        db.Invoices.AsNoTracking().Where(which)
            .OrderByDescending(invoice => invoice.CreatedAt)
            .Take(20)
            .Select(InvoiceRow.Of)
            .ToListAsync(cancellationToken);

    private static async Task<Dictionary<InvoiceFilter, int>> CountAsync(
        IQueryable<Invoice> matching, DateOnly today, CancellationToken cancellationToken)
    {
        var groups = await matching
            .GroupBy(invoice => new { invoice.State, IsLate = invoice.DueOn < today })
            .Select(group => new { group.Key.State, group.Key.IsLate, Count = group.Count() })
            .ToListAsync(cancellationToken);
        return new Dictionary<InvoiceFilter, int>
        {
            [InvoiceFilter.All] = groups.Sum(group => group.Count),
            [InvoiceFilter.Draft] = groups.Where(group => group.State == InvoiceState.Draft).Sum(group => group.Count),
            [InvoiceFilter.Open] = groups.Where(group => Open.Contains(group.State)).Sum(group => group.Count),
            [InvoiceFilter.Overdue] = groups.Where(group => Open.Contains(group.State) && group.IsLate)
                .Sum(group => group.Count),
            [InvoiceFilter.Paid] = groups.Where(group => group.State == InvoiceState.Paid).Sum(group => group.Count),
            [InvoiceFilter.Void] = groups.Where(group => group.State == InvoiceState.Void).Sum(group => group.Count),
        };
    }

    private static Task<List<OpenSum>> SumAsync(
        IQueryable<Invoice> matching, DateOnly today, CancellationToken cancellationToken) =>
        matching.Where(invoice => Open.Contains(invoice.State))
            .GroupBy(invoice => invoice.Currency)
            .OrderBy(group => group.Key)
            .Select(group => new OpenSum(
                group.Key,
                group.Sum(invoice => invoice.Total - invoice.Paid),
                group.Sum(invoice => invoice.DueOn < today ? invoice.Total - invoice.Paid : 0)))
            .ToListAsync(cancellationToken);

    /// <summary>Drafts first, then the newest.</summary>
    private static IQueryable<Invoice> Ordered(IQueryable<Invoice> invoices) => invoices
        .OrderBy(invoice => invoice.State != InvoiceState.Draft)
        .ThenByDescending(invoice => invoice.Sequence).ThenByDescending(invoice => invoice.Id);

    private static IQueryable<Invoice> Filtered(IQueryable<Invoice> invoices, InvoiceFilter filter, DateOnly today) =>
        filter switch
        {
            InvoiceFilter.Draft => invoices.Where(invoice => invoice.State == InvoiceState.Draft),
            InvoiceFilter.Open => invoices.Where(invoice => Open.Contains(invoice.State)),
            InvoiceFilter.Overdue => invoices.Where(invoice => Open.Contains(invoice.State) && invoice.DueOn < today),
            InvoiceFilter.Paid => invoices.Where(invoice => invoice.State == InvoiceState.Paid),
            InvoiceFilter.Void => invoices.Where(invoice => invoice.State == InvoiceState.Void),
            _ => invoices,
        };

    private IQueryable<Invoice> Matching(InvoiceQuery query)
    {
        var invoices = db.Invoices.AsNoTracking();
        if (query.Customer is { } customer)
        {
            invoices = invoices.Where(invoice => invoice.CustomerId == customer);
        }

        if (query.Search is { } search)
        {
            var found = db.Database.SqlQuery<Guid>($"""select id as "Value" from search_invoices({search})""");
            invoices = invoices.Where(invoice => found.Contains(invoice.Id));
        }

        return invoices;
    }
}
