using HubSpotSync.Core.Billing;
using HubSpotSync.Data.Billing;

namespace HubSpotSync.Portal.Words;

internal static class BillingWords
{
    public static (string Color, string Icon, string Word) Chip(InvoiceState state, int daysOverdue) => state switch
    {
        _ when daysOverdue > 0 => ("red", "alert-triangle", $"Overdue {Numbers.Of(daysOverdue, "day")}"),
        InvoiceState.Draft => ("secondary", "pencil", "Draft"),
        InvoiceState.Sent => ("blue", "send", "Sent"),
        InvoiceState.PartlyPaid => ("orange", "hourglass", "Partly paid"),
        InvoiceState.Paid => ("green", "circle-check", "Paid"),
        _ => ("secondary", "ban", "Void"),
    };

    public static (string Color, string Icon, string Word) Chip(ProposalState state, bool hasEnded) => state switch
    {
        _ when hasEnded => ("orange", "clock", "Ended"),
        ProposalState.Draft => ("secondary", "pencil", "Draft"),
        ProposalState.Sent => ("blue", "send", "Sent"),
        ProposalState.Accepted => ("green", "circle-check", "Accepted"),
        _ => ("red", "circle-x", "Declined"),
    };

    /// <summary>What happened, as a sentence without its subject: "Sent as INV-0001".</summary>
    public static string Activity(Activity activity)
    {
        var values = activity.Params;
        var money = values.TryGetValue("amount", out var amount) && AmountText.Parse(amount) is { } number
            ? Numbers.Money(number, values.GetValueOrDefault("currency"))
            : "";
        return activity.Kind switch
        {
            "invoice.created" => "Invoice drafted",
            "invoice.sent" => $"Invoice {values.GetValueOrDefault("number")} sent, {money}",
            "invoice.mailed_again" => "Invoice sent by e-mail again",
            "invoice.payment" => $"Payment of {money} recorded",
            "invoice.paid" => "Paid in full",
            "invoice.refund" => $"Refund of {money} recorded",
            "invoice.voided" => "Called off; the number stays",
            "invoice.kept_beside_deal" => "Kept as it is, although the deal changed",
            "proposal.created" => "Proposal drafted",
            "proposal.sent" => $"Proposal {values.GetValueOrDefault("number")} sent, {money}",
            "proposal.mailed_again" => "Proposal sent by e-mail again",
            "proposal.accepted" => $"Accepted by {values.GetValueOrDefault("name", "the buyer")}",
            "proposal.declined" => $"Declined by {values.GetValueOrDefault("name", "the buyer")}",
            _ => activity.Text ?? activity.Kind,
        };
    }

    /// <summary>What stands in the way, for the person who wanted it done.</summary>
    public static string Refusal(Booking booking, string what) => booking switch
    {
        Booking.Moved => $"This {what} was changed meanwhile. Look at it again, and go on from there.",
        Booking.NoLines => $"Nothing is charged on this {what} yet. Add a line first.",
        Booking.NoBuyer => $"This {what} does not say who is billed. Edit it and give the buyer's name.",
        Booking.BelowZero => "The total is below zero. Take a rebate off, or give the money back by a refund instead.",
        _ => $"This {what} is gone.",
    };

    public static string LineProblem(LineProblem problem) => problem switch
    {
        Core.Billing.LineProblem.Quantity =>
            "A quantity is above 0 and below 1,000,000, with at most 3 decimals.",
        Core.Billing.LineProblem.UnitPrice =>
            "A price is a number below 1,000,000,000 with at most 4 decimals.",
        Core.Billing.LineProblem.Discount => "A discount is from 0 to 100 percent, with at most 2 decimals.",
        _ => "A tax rate is from 0 to 100 percent, with at most 2 decimals.",
    };

    public static (string Color, string Icon, string Text) Mail(OutgoingMail mail) => mail.State switch
    {
        MailState.Sent => ("green", "circle-check", "Given to the mail server"),
        MailState.Failed => ("red", "alert-triangle", "Not sent"),
        MailState.Unknown => ("orange", "alert-triangle", "May have been sent"),
        _ when mail is { Attempts: > 0, LeaseOwner: null } => ("orange", "hourglass", "Waits to be tried again"),
        _ => ("blue", "hourglass", "On its way"),
    };
}
