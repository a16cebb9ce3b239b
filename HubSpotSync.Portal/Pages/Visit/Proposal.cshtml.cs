using HubSpotSync.Core.Billing;
using HubSpotSync.Data.Billing;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Billing;
using HubSpotSync.Portal.Billing.Pdf;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HubSpotSync.Portal.Pages.Visit;

/// <summary>A proposal for the buyer who got its link, who answers it here, once. It shows nothing else.</summary>
[EnableRateLimiting(RateLimits.PublicPages)]
internal sealed class PublicProposalModel(PublicPapers papers) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Code { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Note { get; set; }

    public PublicProposal Proposal { get; private set; } = null!; // set by the handlers, or 404

    public string? Refusal { get; private set; }

    public string? Sentence => Proposal switch
    {
        { State: ProposalState.Accepted } => $"Accepted{By}. Thank you: {Proposal.Paper.Seller.Name} knows of it.",
        { State: ProposalState.Declined } => $"Declined{By}. {Proposal.Paper.Seller.Name} knows of it.",
        { HasEnded: true } => $"This proposal has ended. Ask {Proposal.Paper.Seller.Name} for a new one.",
        _ => null,
    };

    private string By => Proposal.AnsweredBy is { } name ? $" by {name}" : "";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        await LoadAsync(cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnGetPdfAsync(CancellationToken cancellationToken) =>
        await LoadAsync(cancellationToken)
            ? File(papers.Pdf(Proposal.Paper), PaperPdf.ContentType, PaperPdf.FileName(Proposal.Paper))
            : NotFound();

    public Task<IActionResult> OnPostAcceptAsync(CancellationToken cancellationToken) =>
        AnswerAsync(accepts: true, cancellationToken);

    public Task<IActionResult> OnPostDeclineAsync(CancellationToken cancellationToken) =>
        AnswerAsync(accepts: false, cancellationToken);

    private async Task<IActionResult> AnswerAsync(bool accepts, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return NotFound();
        }

        var (name, note) = (Name?.Trim() ?? "", string.IsNullOrWhiteSpace(Note) ? null : Note.Trim());
        Need(name.Length is > 0 and <= 100, nameof(Name), "Say who you are, in up to 100 characters.");
        Need(note is not { Length: > 1000 }, nameof(Note), "There is room for 1,000 characters here.");
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var booking = await papers.AnswerAsync(Code, new ProposalAnswer(accepts, name, note), cancellationToken);
        if (booking == Booking.Done)
        {
            return Redirect($"/proposal?code={Code}");
        }

        await LoadAsync(cancellationToken);
        Refusal = "Somebody answered meanwhile.";
        return Page();
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var proposal = await papers.ProposalAsync(Code, cancellationToken);
        Proposal = proposal!; // only read where it was found
        return proposal is not null;
    }

    private void Need(bool isSo, string field, string problem)
    {
        if (!isSo)
        {
            ModelState.AddModelError(field, problem);
        }
    }
}
