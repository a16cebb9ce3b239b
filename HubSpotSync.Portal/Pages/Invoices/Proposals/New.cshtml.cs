using HubSpotSync.Portal.Billing.Forms;
using Microsoft.AspNetCore.Mvc;

namespace HubSpotSync.Portal.Pages.Invoices.Proposals;

internal sealed class NewProposalModel(EditorServices services) : EditorModel(services)
{
    public override bool IsInvoice => false;

    public override bool IsNew => true;

    public override string Heading => "New proposal";

    public async Task<IActionResult> OnGetAsync(
        Guid? deal, Guid? customer, Guid? from, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        var source = new PaperSource(deal, customer, null, from);
        if (await Services.Prefill.ProposalAsync(source, cancellationToken) is not { } input)
        {
            return NotFound();
        }

        Input = input;
        return await ShowAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (Read() is not { } values)
        {
            return await ShowAsync(cancellationToken);
        }

        await Services.Drafts.CreateProposalAsync(Input, values, By, cancellationToken);
        TempData["Said"] = "Saved as a draft. It gets its number when you send it.";
        return Redirect($"/invoices/proposals/{Input.Id}");
    }
}
