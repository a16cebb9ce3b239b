using HubSpotSync.Portal.Billing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Pages.Invoices;

internal sealed class PaymentsModel(PaymentList payments) : PageModel
{
    public string? Search { get; private set; }

    public PaymentPage Found { get; private set; } = null!; // set by the one handler

    public async Task OnGetAsync(
        string? q, [FromQuery(Name = "page")] int pageNumber, CancellationToken cancellationToken)
    {
        Search = string.IsNullOrWhiteSpace(q) ? null : q.Trim();
        Found = await payments.ReadAsync(Search, Math.Max(1, pageNumber), cancellationToken);
    }
}
