using System.ComponentModel;
using HubSpotSync.Data;
using HubSpotSync.Data.Billing;
using HubSpotSync.Portal.Api.Http;
using HubSpotSync.Portal.Billing;
using HubSpotSync.Portal.Billing.Forms;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Api.Payments;

internal sealed record PaymentInput
{
    public required Guid InvoiceId { get; init; }
    public PaymentKind Kind { get; init; }

    [Description("Above zero, both ways, in the invoice's currency.")]
    public required decimal Amount { get; init; }

    [Description("Without it today, by the workspace's calendar.")]
    public DateOnly? PaidOn { get; init; }

    [Description("Bank transfer (without it), Card, Direct debit, Cash, Cheque or Other.")]
    public string? Method { get; init; }
    public string? Reference { get; init; }
}

/// <summary>Books money for programs, by the one book of payments.</summary>
internal sealed class PaymentDesk(CrmDbContext db, PaymentBook book, WorkspaceToday calendar, TimeProvider clock)
{
    private const int LongestReference = 200;

    public async Task<IResult> RecordAsync(
        PaymentInput input, HttpContext http, CancellationToken cancellationToken)
    {
        var today = await calendar.ReadAsync(cancellationToken);
        var method = input.Method ?? MoneyModel.Methods[0];
        if (ProblemOf(input, method, today) is { } problem)
        {
            return problem;
        }

        var reference = string.IsNullOrWhiteSpace(input.Reference) ? null : input.Reference.Trim();
        var money = new MoneyMoved(
            Guid.CreateVersion7(clock.GetUtcNow()), input.Amount, input.PaidOn ?? today, method, reference);
        var booking = input.Kind == PaymentKind.Refund
            ? await book.RefundAsync(input.InvoiceId, money, null, cancellationToken)
            : await book.PayAsync(input.InvoiceId, money, null, cancellationToken);
        if (booking != Booking.Done)
        {
            return RefusalOf(booking, input.Kind);
        }

        http.Response.Headers.Location = $"/api/payments/{money.Id}";
        var view = await PaymentEndpoints.Views(db.Payments.AsNoTracking().Where(row => row.Id == money.Id))
            .SingleAsync(cancellationToken);
        return TypedResults.Created((string?)null, view);
    }

    private static IResult? ProblemOf(PaymentInput input, string method, DateOnly today) => input switch
    {
        { PaidOn: { } on } when on > today || on.Year < 1900 =>
            ApiProblem.Invalid("paidOn", "This day is still to come, or long past. Record it once the money moved."),
        { Reference.Length: > LongestReference } =>
            ApiProblem.Invalid("reference", $"There is room for {LongestReference} characters here."),
        _ when !MoneyModel.Methods.Contains(method) =>
            ApiProblem.Invalid("method", $"This is none of {string.Join(", ", MoneyModel.Methods)}."),
        _ => null,
    };

    private static IResult RefusalOf(Booking booking, PaymentKind kind) => booking switch
    {
        Booking.Gone => ApiProblem.Invalid("invoiceId", "There is no such invoice."),
        Booking.BadAmount => ApiProblem.Invalid(
            "amount", "An amount is above zero, and no finer than the currency's smallest coin."),
        Booking.TooMuch => ApiProblem.Invalid("amount", kind == PaymentKind.Refund
            ? "This is more than was paid; no more can go back."
            : "This is more than is open. Record what is open; the rest belongs elsewhere."),
        _ => ApiProblem.Conflict(
            "not_in_this_state", "Nothing can be booked on this invoice in its state: it is a draft, void or settled."),
    };
}
