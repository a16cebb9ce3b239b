using System.ComponentModel;
using HubSpotSync.Data;
using HubSpotSync.Data.Api;
using HubSpotSync.Data.Billing;
using HubSpotSync.Portal.Api.Http;
using HubSpotSync.Portal.Billing;
using HubSpotSync.Portal.Billing.Forms;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Words;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Api.Payments;

internal sealed record PaymentsQuery : PageQuery
{
    [FromQuery(Name = "invoice")]
    [Description("Id of an invoice.")]
    public string? Invoice { get; init; }

    [FromQuery(Name = "kind")]
    [Description("Payment or Refund; without it both.")]
    public string? Kind { get; init; }

    [FromQuery(Name = "method")]
    [Description("Bank transfer, Card, Direct debit, Cash, Cheque or Other.")]
    public string? Method { get; init; }

    [FromQuery(Name = "from")]
    [Description("The first day on which the money moved: 2026-03-31.")]
    public string? From { get; init; }

    [FromQuery(Name = "to")]
    [Description("The last day on which the money moved.")]
    public string? To { get; init; }

    /// <returns>What is wrong with it; <c>null</c>: nothing.</returns>
    public ProblemHttpResult? Check() => this switch
    {
        { Invoice: { } invoice } when !Guid.TryParse(invoice, out _) =>
            ApiProblem.Unreadable("invoice", "This is no id."),
        { Kind: { } kind } when PaymentQuery.KindOf(kind) is null =>
            ApiProblem.Unreadable("kind", "This is neither Payment nor Refund."),
        { Method: { } method } when !MoneyModel.Methods.Contains(method) =>
            ApiProblem.Unreadable("method", $"This is none of {string.Join(", ", MoneyModel.Methods)}."),
        { From: { } from } when Dates.ReadField(from) is null =>
            ApiProblem.Unreadable("from", "This is no day, such as 2026-03-31."),
        { To: { } to } when Dates.ReadField(to) is null =>
            ApiProblem.Unreadable("to", "This is no day, such as 2026-03-31."),
        _ => null,
    };

    /// <summary>Of one that was checked.</summary>
    public PaymentQuery Payments() => new()
    {
        Invoice = Invoice is null ? null : Guid.Parse(Invoice),
        Kind = PaymentQuery.KindOf(Kind),
        Method = Method,
        From = Dates.ReadField(From),
        To = Dates.ReadField(To),
    };
}

/// <summary>Money that came in, or went back of what had come in. Written once.</summary>
internal sealed record PaymentView(
    Guid Id, Guid InvoiceId, PaymentKind Kind, decimal Amount, string Currency, DateOnly PaidOn, string Method,
    string? Reference, Guid? RefundOf, DateTimeOffset RecordedAt);

internal static class PaymentEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapApiGroup("/api/payments", "Payments");
        group.MapGet("", ListAsync)
            .As("listPayments", ApiScopes.BillingRead, "List payments and refunds, the last recorded first")
            .Produces<PageOf<PaymentView>>();
        group.MapGet("/{id:guid}", ReadAsync)
            .As("getPayment", ApiScopes.BillingRead, "Read a payment or a refund")
            .Produces<PaymentView>();
        group.MapPost("", (
                JsonBody<PaymentInput> input, PaymentDesk desk, HttpContext http, CancellationToken cancelled) =>
                desk.RecordAsync(input.Value, http, cancelled))
            .As("recordPayment", ApiScopes.BillingWrite, "Record money that came in, or went back")
            .Produces<PaymentView>(StatusCodes.Status201Created)
            .MayBeRefused();
    }

    public static IQueryable<PaymentView> Views(IQueryable<Payment> payments) => payments.Select(row => new PaymentView(
        row.Id, row.InvoiceId, row.Kind, row.Amount, row.Invoice!.Currency, row.PaidOn, row.Method, // each has one
        row.Reference, row.RefundOf, row.RecordedAt));

    private static async Task<IResult> ListAsync(
        [AsParameters] PaymentsQuery asked, PaymentList list, CancellationToken cancellationToken)
    {
        var (place, problem) = asked.Read("recorded");
        problem ??= asked.Check();
        if (problem is not null)
        {
            return problem;
        }

        var payments = list.Matching(asked.Payments());
        if (place!.After is { Moment: var at, Id: var id }) // there without a problem
        {
            payments = payments.Where(row => row.RecordedAt <= at
                && (row.RecordedAt < at || row.Id.CompareTo(id) > 0));
        }

        var rows = await Views(payments.OrderByDescending(row => row.RecordedAt).ThenBy(row => row.Id)
            .Take(place.Limit + 1)).ToListAsync(cancellationToken);
        return TypedResults.Ok(PageOf<PaymentView>.Of(
            rows, place, row => new ListCursor(ListCursor.KeyOf(row.RecordedAt), row.Id, IsAfter: true),
            page => page));
    }

    private static async Task<IResult> ReadAsync(Guid id, CrmDbContext db, CancellationToken cancellationToken)
    {
        var found = await Views(db.Payments.AsNoTracking().Where(row => row.Id == id))
            .FirstOrDefaultAsync(cancellationToken);
        return found is null ? ApiProblem.NotFound() : TypedResults.Ok(found);
    }
}
