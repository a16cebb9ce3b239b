using System.ComponentModel;
using HubSpotSync.Core.Billing;
using HubSpotSync.Data;
using HubSpotSync.Data.Api;
using HubSpotSync.Data.Billing;
using HubSpotSync.Portal.Api.Http;
using HubSpotSync.Portal.Customers;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Api.Invoices;

internal sealed record InvoicesQuery : PageQuery
{
    [FromQuery(Name = "state")]
    [Description("Draft, Sent, PartlyPaid, Paid or Void.")]
    public string? State { get; init; }

    [FromQuery(Name = "customer")]
    [Description("Id of the customer who is billed.")]
    public string? Customer { get; init; }

    [FromQuery(Name = "deal")]
    [Description("Id of the deal that is billed.")]
    public string? Deal { get; init; }
}

internal static class InvoiceEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapApiGroup("/api/invoices", "Invoices");
        group.MapGet("", ListAsync)
            .As("listInvoices", ApiScopes.BillingRead, "List invoices, the newest first")
            .Produces<PageOf<InvoiceView>>();
        group.MapPost("", (
                JsonBody<NewInvoiceInput> input, InvoiceDesk desk, HttpContext http, CancellationToken cancelled) =>
                desk.CreateAsync(input.Value, http, cancelled))
            .As("createInvoice", ApiScopes.BillingWrite, "Draft an invoice, of a deal or freely")
            .Produces<InvoiceView>(StatusCodes.Status201Created)
            .MayBeRefused();
        group.MapGet("/{id:guid}", (Guid id, InvoiceDesk desk, HttpContext http, CancellationToken cancelled) =>
                desk.ShowAsync(id, http, isNew: false, cancelled))
            .As("getInvoice", ApiScopes.BillingRead, "Read an invoice")
            .Produces<InvoiceView>();
        group.MapPatch("/{id:guid}", (
                Guid id, JsonBody<InvoiceInput> input, InvoiceDesk desk, HttpContext http,
                CancellationToken cancelled) =>
                desk.UpdateAsync(id, input.Value, http, cancelled))
            .As("updateInvoice", ApiScopes.BillingWrite, "Change a draft")
            .Produces<InvoiceView>()
            .MayBeRefused()
            .WithIfMatch();
        group.MapDelete("/{id:guid}", (Guid id, InvoiceSteps steps, CancellationToken cancelled) =>
                steps.DeleteAsync(id, cancelled))
            .As("deleteInvoice", ApiScopes.BillingWrite, "Delete a draft")
            .Produces(StatusCodes.Status204NoContent)
            .MayBeRefused();
        group.MapPost("/{id:guid}/send", (
                Guid id, JsonBody<SendInvoiceInput> input, InvoiceSteps steps, HttpContext http,
                CancellationToken cancelled) =>
                steps.SendAsync(id, input.Value, http, cancelled))
            .As("sendInvoice", ApiScopes.BillingWrite, "Send a draft: it gets its number and stays as it is")
            .Produces<InvoiceView>()
            .MayBeRefused()
            .WithIfMatch();
        group.MapPost("/{id:guid}/void", (
                Guid id, JsonBody<VoidInvoiceInput> input, InvoiceSteps steps, HttpContext http,
                CancellationToken cancelled) =>
                steps.VoidAsync(id, input.Value, http, cancelled))
            .As("voidInvoice", ApiScopes.BillingWrite, "Call an invoice off; its number stays")
            .Produces<InvoiceView>()
            .MayBeRefused();
    }

    private static async Task<IResult> ListAsync(
        [AsParameters] InvoicesQuery asked, CrmDbContext db, CancellationToken cancellationToken)
    {
        var (place, problem) = asked.Read("newest");
        InvoiceState? state = Enum.TryParse<InvoiceState>(asked.State, ignoreCase: true, out var known)
            && Enum.IsDefined(known) && !char.IsDigit(asked.State![0]) ? known : null; // parsed, so it is there
        problem ??= asked switch
        {
            { State: not null } when state is null =>
                ApiProblem.Unreadable("state", "This is none of Draft, Sent, PartlyPaid, Paid and Void."),
            { Customer: { } customer } when !Guid.TryParse(customer, out _) =>
                ApiProblem.Unreadable("customer", "This is no id."),
            { Deal: { } deal } when !Guid.TryParse(deal, out _) => ApiProblem.Unreadable("deal", "This is no id."),
            _ => null,
        };
        if (problem is not null)
        {
            return problem;
        }

        var rows = await Matching(db, asked, state, place!.After) // there without a problem
            .OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id)
            .Take(place.Limit + 1)
            .Include(row => row.Lines)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(PageOf<InvoiceView>.Of(
            rows, place, row => new ListCursor(ListCursor.KeyOf(row.CreatedAt), row.Id, IsAfter: true),
            page => [.. page.Select(InvoiceView.Of)]));
    }

    private static IQueryable<Invoice> Matching(
        CrmDbContext db, InvoicesQuery asked, InvoiceState? state, ListCursor? after)
    {
        var invoices = db.Invoices.AsNoTracking();
        invoices = state is null ? invoices : invoices.Where(row => row.State == state);
        if (Guid.TryParse(asked.Customer, out var customer))
        {
            invoices = invoices.Where(row => row.CustomerId == customer);
        }

        if (Guid.TryParse(asked.Deal, out var deal))
        {
            invoices = invoices.Where(row => row.DealId == deal);
        }

        return after is { Moment: var at, Id: var id }
            ? invoices.Where(row => row.CreatedAt <= at && (row.CreatedAt < at || row.Id.CompareTo(id) > 0))
            : invoices;
    }
}
