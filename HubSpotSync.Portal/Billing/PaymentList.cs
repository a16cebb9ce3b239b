using HubSpotSync.Data;
using HubSpotSync.Data.Billing;
using HubSpotSync.Portal.Web;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Billing;

/// <param name="Amount">Below zero for money that went back.</param>
internal sealed record PaymentRow(
    Guid Id, Guid InvoiceId, string? Number, string? Buyer, DateOnly PaidOn, string Method, string? Reference,
    decimal Amount, string Currency);

internal sealed record MoneySum(string Currency, decimal Amount);

internal sealed record PaymentPage(IReadOnlyList<MoneySum> Sums, Paging Paging, IReadOnlyList<PaymentRow> Rows);

internal sealed class PaymentList(CrmDbContext db)
{
    public async Task<PaymentPage> ReadAsync(string? search, int page, CancellationToken cancellationToken)
    {
        var payments = db.Payments.AsNoTracking();
        if (search is not null)
        {
            var pattern = LikePattern.Containing(search);
            payments = payments.Where(payment =>
                EF.Functions.ILike(payment.Invoice!.Number!, pattern, @"\") // null is no match
                || EF.Functions.ILike(payment.Invoice.BuyerName!, pattern, @"\") // likewise
                || EF.Functions.ILike(payment.Reference!, pattern, @"\") // likewise
                || EF.Functions.ILike(payment.Method, pattern, @"\"));
        }

        var paging = new Paging(page, InvoiceList.PageSize, await payments.CountAsync(cancellationToken));
        var sums = await payments.GroupBy(payment => payment.Invoice!.Currency) // each has its invoice
            .OrderBy(group => group.Key)
            .Select(group => new MoneySum(
                group.Key,
                group.Sum(payment => payment.Kind == PaymentKind.Payment ? payment.Amount : -payment.Amount)))
            .ToListAsync(cancellationToken);
        var rows = await payments
            .OrderByDescending(payment => payment.PaidOn)
            .ThenByDescending(payment => payment.RecordedAt).ThenBy(payment => payment.Id)
            .Skip(paging.Skip).Take(paging.Size)
            .Select(payment => new PaymentRow(
                payment.Id,
                payment.InvoiceId,
                payment.Invoice!.Number, // likewise
                payment.Invoice.BuyerName,
                payment.PaidOn,
                payment.Method,
                payment.Reference,
                payment.Kind == PaymentKind.Payment ? payment.Amount : -payment.Amount,
                payment.Invoice.Currency))
            .ToListAsync(cancellationToken);
        return new PaymentPage(sums, paging, rows);
    }
}
