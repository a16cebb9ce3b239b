using HubSpotSync.Data;
using HubSpotSync.Data.Billing;
using HubSpotSync.Portal.Web;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Billing;

/// <param name="Amount">Below zero for money that went back.</param>
internal sealed record PaymentRow(
    Guid Id, Guid InvoiceId, string? Number, string? Buyer, DateOnly PaidOn, string Method, string? Reference,
    decimal Amount, string Currency);

/// <summary>How many payments and refunds there are in one currency, and what came in and went back.</summary>
internal sealed record MoneySum(string Currency, int Count, decimal In, decimal Back);

internal sealed record PaymentPage(IReadOnlyList<MoneySum> Sums, Paging Paging, IReadOnlyList<PaymentRow> Rows);

/// <summary>Finds and sums payments and refunds, in two queries however many there are.</summary>
internal sealed class PaymentList(CrmDbContext db)
{
    public async Task<PaymentPage> ReadAsync(PaymentQuery query, CancellationToken cancellationToken)
    {
        var payments = Matching(query);
        var sums = await payments.GroupBy(payment => payment.Invoice!.Currency) // each has its invoice
            .OrderBy(group => group.Key)
            .Select(group => new MoneySum(
                group.Key,
                group.Count(),
                group.Sum(payment => payment.Kind == PaymentKind.Payment ? payment.Amount : 0),
                group.Sum(payment => payment.Kind == PaymentKind.Refund ? payment.Amount : 0)))
            .ToListAsync(cancellationToken);
        var paging = new Paging(query.Page, InvoiceList.PageSize, sums.Sum(sum => sum.Count));
        var rows = await Rows(payments, paging.Skip, paging.Size).ToListAsync(cancellationToken);
        return new PaymentPage(sums, paging, rows);
    }

    /// <summary>All that the query finds, one after the other.</summary>
    public IAsyncEnumerable<PaymentRow> StreamAsync(PaymentQuery query) =>
        Rows(Matching(query), 0, int.MaxValue).AsAsyncEnumerable();

    /// <summary>All that the query finds, in no order.</summary>
    public IQueryable<Payment> Matching(PaymentQuery query)
    {
        var payments = db.Payments.AsNoTracking();
        payments = query.Kind is { } kind ? payments.Where(payment => payment.Kind == kind) : payments;
        payments = query.Method is { } method ? payments.Where(payment => payment.Method == method) : payments;
        payments = query.From is { } from ? payments.Where(payment => payment.PaidOn >= from) : payments;
        payments = query.To is { } to ? payments.Where(payment => payment.PaidOn <= to) : payments;
        payments = query.Invoice is { } invoice ? payments.Where(payment => payment.InvoiceId == invoice) : payments;
        if (query.Search is { } search)
        {
            var found = db.Database.SqlQuery<Guid>($"""select id as "Value" from search_payments({search})""");
            payments = payments.Where(payment => found.Contains(payment.Id));
        }

        return payments;
    }

    private static IQueryable<PaymentRow> Rows(IQueryable<Payment> payments, int skip, int take) => payments
        .OrderByDescending(payment => payment.PaidOn)
        .ThenByDescending(payment => payment.RecordedAt).ThenBy(payment => payment.Id)
        .Skip(skip).Take(take)
        .Select(payment => new PaymentRow(
            payment.Id,
            payment.InvoiceId,
            payment.Invoice!.Number, // each has its invoice
            payment.Invoice.BuyerName,
            payment.PaidOn,
            payment.Method,
            payment.Reference,
            payment.Kind == PaymentKind.Payment ? payment.Amount : -payment.Amount,
            payment.Invoice.Currency));
}
