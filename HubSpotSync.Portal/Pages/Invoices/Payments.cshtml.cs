using HubSpotSync.Data.Billing;
using HubSpotSync.Portal.Billing;
using HubSpotSync.Portal.Web;
using HubSpotSync.Portal.Words;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Pages.Invoices;

internal sealed class PaymentsModel(PaymentList payments) : PageModel
{
    public PaymentQuery Query { get; private set; } = new();

    public PaymentPage Found { get; private set; } = null!; // set by the one handler

    public string Count => (Query.Kind, Found.Sums.Any(sum => sum.Back > 0), Found.Paging.Total) switch
    {
        (PaymentKind.Refund, _, var total) => Numbers.Of(total, "refund"),
        (null, true, > 1 and var total) => $"{Numbers.Count(total)} payments and refunds",
        (_, _, var total) => Numbers.Of(total, "payment"),
    };

    public EmptyState Empty => Query switch
    {
        { HasFilters: true } => new("filter", "No payment matches these filters", "Take one off to see more.",
            PaymentQuery.Path, "Show all payments"),
        { Search: { } search } => new("search", $"No payment matches “{search}”",
            "Search looks at invoice, buyer and reference.", PaymentQuery.Path, "Show all payments"),
        _ => new("cash", "No payments yet", "Record one on an invoice that was sent.", "/invoices",
            "Go to the invoices"),
    };

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Query = PaymentQuery.Of(Request.Query);
        Found = await payments.ReadAsync(Query, cancellationToken);
    }
}
