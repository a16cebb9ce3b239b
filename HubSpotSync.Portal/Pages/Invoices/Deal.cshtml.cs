using HubSpotSync.Data.Billing;
using HubSpotSync.Portal.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Pages.Invoices;

/// <summary>A person has seen that the deal changed; the invoice stays as it is.</summary>
internal sealed class KeepInvoiceModel(InvoiceBook book) : PageModel
{
    public IActionResult OnGet(Guid id) => Redirect($"/invoices/{id}");

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await book.KeepBesideDealAsync(id, User.UserId()!.Value, cancellationToken) == Booking.Gone) // signed in
        {
            return NotFound();
        }

        TempData["Said"] = "The invoice stays as it is. We tell you again if the deal changes once more.";
        return Redirect($"/invoices/{id}");
    }
}
