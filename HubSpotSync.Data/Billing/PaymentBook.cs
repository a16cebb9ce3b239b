using HubSpotSync.Core.Billing;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Data.Billing;

/// <summary>Money that comes in and goes back. What is paid is always the sum of what was booked.</summary>
public sealed class PaymentBook(CrmDbContext db, InvoiceBook invoices, ActivityLog activities, TimeProvider clock)
{
    public Task<List<Payment>> ReadAsync(Guid invoiceId, CancellationToken cancellationToken) => db.Payments
        .AsNoTracking()
        .Where(payment => payment.InvoiceId == invoiceId)
        .OrderBy(payment => payment.RecordedAt).ThenBy(payment => payment.Id)
        .ToListAsync(cancellationToken);

    public Task<Booking> PayAsync(Guid invoiceId, MoneyMoved money, Guid? by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(money);
        return BookAsync(invoiceId, money, by, Pay, cancellationToken);

        Booking Pay(Invoice invoice, PaymentLedger ledger)
        {
            if (money.Amount > InvoiceRules.BalanceOf(invoice.State, invoice.Total, ledger.Paid))
            {
                return InvoiceRules.IsOpen(invoice.State) ? Booking.TooMuch : Booking.Moved;
            }

            db.Payments.Add(Entry(invoice, money, money.Id, money.Amount, null, by));
            activities.AddMoney(invoice, "invoice.payment", by, money.Amount);
            return Booking.Done;
        }
    }

    public Task<Booking> RefundAsync(Guid invoiceId, MoneyMoved money, Guid? by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(money);
        return BookAsync(invoiceId, money, by, Refund, cancellationToken);

        Booking Refund(Invoice invoice, PaymentLedger ledger)
        {
            if (money.Amount > ledger.Paid)
            {
                return InvoiceRules.MayRefund(invoice.State, ledger.Paid) ? Booking.TooMuch : Booking.Moved;
            }

            // The first part carries the wish's own id: that it is there says that the wish was fulfilled.
            var id = money.Id;
            foreach (var part in ledger.Allocate(money.Amount))
            {
                db.Payments.Add(Entry(invoice, money, id, part.Amount, part.PaymentId, by));
                id = Guid.CreateVersion7(clock.GetUtcNow());
            }

            activities.AddMoney(invoice, "invoice.refund", by, money.Amount);
            return Booking.Done;
        }
    }

    private async Task<Booking> BookAsync(
        Guid invoiceId,
        MoneyMoved money,
        Guid? by,
        Func<Invoice, PaymentLedger, Booking> book,
        CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.JoinTransactionAsync(cancellationToken);
        if (await invoices.LockAsync(invoiceId, cancellationToken) is not { } invoice)
        {
            return Booking.Gone;
        }

        var before = await ReadAsync(invoiceId, cancellationToken);
        if (before.Exists(payment => payment.Id == money.Id))
        {
            return Booking.Done;
        }

        if (money.Amount <= 0 || Currency.Find(invoice.Currency) is not { } currency || !currency.IsExact(money.Amount))
        {
            return Booking.BadAmount;
        }

        var booked = book(invoice, LedgerOf(before));
        if (booked != Booking.Done)
        {
            return booked;
        }

        await SettleAsync(invoice, before, by, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Booking.Done;
    }

    private async Task SettleAsync(
        Invoice invoice, List<Payment> before, Guid? by, CancellationToken cancellationToken)
    {
        var was = invoice.State;
        invoice.Paid = LedgerOf([.. before, .. db.Payments.Local]).Paid; // those of before are not tracked
        invoice.State = InvoiceRules.StateOf(invoice.Total, invoice.Paid);
        invoices.Touch(invoice, by);
        if (invoice.State == InvoiceState.Paid && was != InvoiceState.Paid)
        {
            activities.AddMoney(invoice, "invoice.paid", by, invoice.Total);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private Payment Entry(Invoice invoice, MoneyMoved money, Guid id, decimal amount, Guid? refundOf, Guid? by) => new()
    {
        Id = id,
        WorkspaceId = invoice.WorkspaceId,
        InvoiceId = invoice.Id,
        Kind = refundOf is null ? PaymentKind.Payment : PaymentKind.Refund,
        Amount = amount,
        PaidOn = money.On,
        Method = money.Method,
        Reference = money.Reference,
        RefundOf = refundOf,
        RecordedBy = by,
        RecordedAt = clock.GetUtcNow(),
    };

    private static PaymentLedger LedgerOf(IEnumerable<Payment> payments) =>
        new([.. payments.Select(payment => new LedgerEntry(payment.Id, payment.Amount, payment.RefundOf))]);
}
