namespace HubSpotSync.Core.Billing;

/// <summary>What may happen to an invoice, and what its money makes of it.</summary>
public static class InvoiceRules
{
    /// <summary>The state of an invoice that was sent: its money decides, and nothing else.</summary>
    public static InvoiceState StateOf(decimal total, decimal paid) =>
        paid >= total ? InvoiceState.Paid : paid > 0 ? InvoiceState.PartlyPaid : InvoiceState.Sent;

    public static bool MayEdit(InvoiceState state) => state == InvoiceState.Draft;

    public static bool IsNumbered(InvoiceState state) => state != InvoiceState.Draft;

    /// <summary>Money is still to come.</summary>
    public static bool IsOpen(InvoiceState state) => state is InvoiceState.Sent or InvoiceState.PartlyPaid;

    /// <summary>What is still to be paid; nothing of a draft or a void one.</summary>
    public static decimal BalanceOf(InvoiceState state, decimal total, decimal paid) =>
        IsOpen(state) ? total - paid : 0;

    public static bool MayRefund(InvoiceState state, decimal paid) =>
        state is InvoiceState.PartlyPaid or InvoiceState.Paid && paid > 0;

    /// <summary>Money that came in has to go back before.</summary>
    public static bool MayVoid(InvoiceState state, decimal paid) =>
        state is not (InvoiceState.Draft or InvoiceState.Void) && paid == 0;

    /// <returns>0 where it is not overdue. The day that it is due on is still in time.</returns>
    public static int DaysOverdue(InvoiceState state, DateOnly? dueOn, DateOnly today) =>
        IsOpen(state) && dueOn < today ? today.DayNumber - dueOn.Value.DayNumber : 0;
}
