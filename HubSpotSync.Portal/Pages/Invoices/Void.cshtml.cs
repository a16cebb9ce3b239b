using HubSpotSync.Core.Billing;
using HubSpotSync.Data;
using HubSpotSync.Data.Billing;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Pages.Invoices;

internal sealed class VoidInvoiceModel(CrmDbContext db, InvoiceBook book) : PageModel
{
    [BindProperty]
    public string? Reason { get; set; }

    public Invoice Invoice { get; private set; } = null!; // set by the handlers, or 404

    public string? Refusal { get; private set; }

    public string Heading => $"Void {Invoice.Number ?? "the draft"}?";

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        if (!await LoadAsync(id, cancellationToken))
        {
            return NotFound();
        }

        return InvoiceRules.MayVoid(Invoice.State, Invoice.Paid) ? Page() : Redirect($"/invoices/{id}");
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken))
        {
            return NotFound();
        }

        if (Reason is { Length: > 500 })
        {
            ModelState.AddModelError("Reason", "There is room for 500 characters here.");
            return Page();
        }

        var reason = string.IsNullOrWhiteSpace(Reason) ? null : Reason.Trim();
        var booking = await book.VoidAsync(id, reason, User.UserId()!.Value, cancellationToken); // signed in
        if (booking == Booking.Done)
        {
            TempData["Said"] = "The invoice is void. Duplicate it to make another one.";
            return Redirect($"/invoices/{id}");
        }

        Refusal = Invoice.Paid > 0
            ? "Money came in for it. Record the refund first, then void it."
            : BillingWords.Refusal(booking, "invoice");
        return Page();
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancellationToken)
    {
        var invoice = await db.Invoices.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        Invoice = invoice!; // only read where it was found
        return invoice is not null;
    }
}
