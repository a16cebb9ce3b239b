using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Billing;
using HubSpotSync.Portal.Billing.Pdf;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HubSpotSync.Portal.Pages.Visit;

/// <summary>An invoice for the buyer who got its link. It shows nothing else.</summary>
[EnableRateLimiting(RateLimits.PublicPages)]
internal sealed class PublicInvoiceModel(PublicPapers papers) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Code { get; set; }

    public PaperView Paper { get; private set; } = null!; // set by the handlers, or 404

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await papers.InvoiceAsync(Code, cancellationToken) is not { } paper)
        {
            return NotFound();
        }

        Paper = paper;
        return Page();
    }

    public async Task<IActionResult> OnGetPdfAsync(CancellationToken cancellationToken) =>
        await papers.InvoiceAsync(Code, cancellationToken) is { } paper
            ? File(papers.Pdf(paper), PaperPdf.ContentType, PaperPdf.FileName(paper))
            : NotFound();
}
