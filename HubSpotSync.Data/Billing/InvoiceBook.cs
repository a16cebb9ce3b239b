using HubSpotSync.Core.Billing;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Data.Billing;

/// <summary>
/// Everything that moves an invoice on. Each call locks the invoice's row first, so of two people one comes second and
/// finds what the first one did; each may be repeated and does its work once.
/// </summary>
public sealed class InvoiceBook(
    CrmDbContext db, DocumentNumbers numbers, ActivityLog activities, MailOutbox outbox, TimeProvider clock)
{
    /// <summary>Gives the number, freezes the paper and, where wanted, puts the e-mail into the outbox.</summary>
    /// <param name="version">The row version that the person saw: what is sent is what was looked at.</param>
    public async Task<Booking> SendAsync(
        Guid id, uint version, MailToSend? mail, Guid? by, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.JoinTransactionAsync(cancellationToken);
        if (await LockAsync(id, cancellationToken) is not { } invoice)
        {
            return Booking.Gone;
        }

        if (invoice.State != InvoiceState.Draft)
        {
            return mail is not null && await outbox.HasAsync(mail.Id, cancellationToken) ? Booking.Done : Booking.Moved;
        }

        if (ProblemOf(invoice, version) is { } problem)
        {
            return problem;
        }

        var workspace = await db.Workspaces.SingleAsync(cancellationToken);
        invoice.Seller = Seller.Of(workspace);
        invoice.Sequence = await numbers.NextAsync(NumberedKind.Invoice, cancellationToken);
        invoice.Number = PaperNumber.Format(workspace.InvoicePrefix, invoice.Sequence.Value);
        invoice.State = InvoiceRules.StateOf(invoice.Total, 0);
        invoice.SentAt = clock.GetUtcNow();
        Touch(invoice, by);
        activities.AddMoney(invoice, "invoice.sent", by, invoice.Total);
        if (mail is not null)
        {
            outbox.Add(invoice, mail, by);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Booking.Done;
    }

    /// <summary>Another e-mail with the same invoice, to the same person or another one.</summary>
    public async Task<Booking> MailAgainAsync(
        Guid id, MailToSend mail, Guid? by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mail);
        await using var transaction = await db.Database.JoinTransactionAsync(cancellationToken);
        if (await LockAsync(id, cancellationToken) is not { } invoice)
        {
            return Booking.Gone;
        }

        if (await outbox.HasAsync(mail.Id, cancellationToken))
        {
            return Booking.Done;
        }

        if (invoice.State is InvoiceState.Draft or InvoiceState.Void)
        {
            return Booking.Moved;
        }

        outbox.Add(invoice, mail, by);
        activities.Add(invoice, "invoice.mailed_again", by);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Booking.Done;
    }

    /// <summary>Calls it off. The number stays, so that nobody looks for it.</summary>
    public async Task<Booking> VoidAsync(Guid id, string? reason, Guid? by, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.JoinTransactionAsync(cancellationToken);
        if (await LockAsync(id, cancellationToken) is not { } invoice)
        {
            return Booking.Gone;
        }

        if (!InvoiceRules.MayVoid(invoice.State, invoice.Paid))
        {
            return invoice.State == InvoiceState.Void ? Booking.Done : Booking.Moved;
        }

        invoice.State = InvoiceState.Void;
        invoice.VoidReason = reason;
        Touch(invoice, by);
        activities.Add(invoice, "invoice.voided", by);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Booking.Done;
    }

    public async Task<Booking> DeleteDraftAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.JoinTransactionAsync(cancellationToken);
        if (await LockAsync(id, cancellationToken) is not { } invoice)
        {
            return Booking.Gone;
        }

        if (!InvoiceRules.MayEdit(invoice.State))
        {
            return Booking.Moved;
        }

        db.Invoices.Remove(invoice);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Booking.Done;
    }

    /// <summary>A person has seen that the deal changed, and keeps the invoice as it is.</summary>
    public async Task<Booking> KeepBesideDealAsync(Guid id, Guid? by, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.JoinTransactionAsync(cancellationToken);
        var invoice = await LockAsync(id, cancellationToken);
        var deal = invoice?.DealId is null
            ? null
            : await db.Deals.FirstOrDefaultAsync(row => row.Id == invoice.DealId, cancellationToken);
        if (invoice is null || deal is null)
        {
            return Booking.Gone;
        }

        (invoice.DealAmount, invoice.DealCurrency, invoice.DealStageId) = (deal.Amount, deal.Currency, deal.StageId);
        activities.Add(invoice, "invoice.kept_beside_deal", by);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Booking.Done;
    }

    internal async Task<Invoice?> LockAsync(Guid id, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"select 1 from invoices where id = {id} for update", cancellationToken);
        return await db.Invoices
            .Include(invoice => invoice.Lines)
            .FirstOrDefaultAsync(invoice => invoice.Id == id, cancellationToken);
    }

    internal void Touch(Invoice invoice, Guid? by) =>
        (invoice.UpdatedAt, invoice.UpdatedBy) = (clock.GetUtcNow(), by);

    private static Booking? ProblemOf(Invoice invoice, uint version) =>
        invoice.Version != version ? Booking.Moved
        : invoice.Lines.Count == 0 ? Booking.NoLines
        : string.IsNullOrWhiteSpace(invoice.BuyerName) ? Booking.NoBuyer
        : invoice.Total < 0 ? Booking.BelowZero
        : null;
}
