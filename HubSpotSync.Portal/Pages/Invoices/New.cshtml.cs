using HubSpotSync.Portal.Billing.Forms;
using Microsoft.AspNetCore.Mvc;

namespace HubSpotSync.Portal.Pages.Invoices;

internal sealed class NewInvoiceModel(EditorServices services) : EditorModel(services)
{
    public override bool IsInvoice => true;

    public override bool IsNew => true;

    public override string Heading => Input.DealId is not null ? "New invoice from a deal" : "New invoice";

    public async Task<IActionResult> OnGetAsync(
        Guid? deal, Guid? customer, Guid? proposal, Guid? from, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        var source = new PaperSource(deal, customer, proposal, from);
        if (await Services.Prefill.InvoiceAsync(source, cancellationToken) is not { } input)
        {
            return NotFound();
        }

        Input = input;
        Other = await Services.Drafts.OtherInvoiceAsync(Input, cancellationToken);
        return await ShowAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (Read() is not { } values)
        {
            Other = await Services.Drafts.OtherInvoiceAsync(Input, cancellationToken);
            return await ShowAsync(cancellationToken);
        }

        var saved = await Services.Drafts.CreateInvoiceAsync(Input, values, By, cancellationToken);
        if (saved == DraftSaved.Done)
        {
            TempData["Said"] = "Saved as a draft. It gets its number when you send it.";
            return Redirect($"/invoices/{Input.Id}");
        }

        Other = await Services.Drafts.OtherInvoiceAsync(Input, cancellationToken);
        return await ShowAsync(cancellationToken);
    }
}
