using HubSpotSync.Data.Identity;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Billing;
using HubSpotSync.Portal.Billing.Forms;
using HubSpotSync.Portal.Web;
using HubSpotSync.Portal.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Pages.Invoices;

internal sealed class InvoicesModel(InvoiceList invoices, Buyers buyers, WorkspaceToday today) : PageModel
{
    public InvoiceQuery Query { get; private set; } = InvoiceQuery.Of(null, null, null, 1);

    public InvoicePage Found { get; private set; } = null!; // set by the one handler

    public DateOnly Today { get; private set; }

    public string? CustomerName { get; private set; }

    public string Heading => Found.Counts[InvoiceFilter.Overdue] is var late and > 0
        ? $"{Numbers.Of(late, "invoice")} {(late == 1 ? "is" : "are")} overdue"
        : "Invoices";

    public EmptyState Empty => (Query.Search, Query.Filter, Query.Customer) switch
    {
        (null, InvoiceFilter.All, null) when User.IsAtLeast(WorkspaceRole.Member) => new(
            "file-invoice", "No invoices yet", "Make one from a won deal, or from scratch.",
            "/invoices/new", "New invoice"),
        (null, InvoiceFilter.All, null) => new("file-invoice", "No invoices yet", "They appear here once one is made."),
        ({ } search, _, _) => new("search", $"No invoice matches “{search}”",
            "Search looks at number, buyer and what was charged.", "/invoices", "Show all invoices"),
        _ => new("file-invoice", "No invoice here", "None is in this state.", "/invoices", "Show all invoices"),
    };

    public async Task OnGetAsync(
        string? q,
        string? state,
        Guid? customer,
        [FromQuery(Name = "page")] int pageNumber,
        CancellationToken cancellationToken)
    {
        Query = InvoiceQuery.Of(q, state, customer, pageNumber);
        Today = await today.ReadAsync(cancellationToken);
        Found = await invoices.ReadAsync(Query, Today, cancellationToken);
        CustomerName = customer is null
            ? null
            : (await buyers.ReadAsync(customer, cancellationToken))?.Name ?? "one customer";
    }
}
