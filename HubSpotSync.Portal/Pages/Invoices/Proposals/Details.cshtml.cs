using HubSpotSync.Core.Billing;
using HubSpotSync.Data;
using HubSpotSync.Data.Billing;
using HubSpotSync.Portal.Billing;
using HubSpotSync.Portal.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Pages.Invoices.Proposals;

internal sealed class ProposalModel(
    CrmDbContext db, WorkspaceToday today, PaperFacts facts, InvoiceList invoices, PublicUrl publicUrl) : PageModel
{
    public Proposal Proposal { get; private set; } = null!; // set by the handler, or 404

    public PaperView Paper { get; private set; } = null!; // likewise

    public DateOnly Today { get; private set; }

    public IReadOnlyList<PaperLink> Links { get; private set; } = [];

    public IReadOnlyList<InvoiceRow> Invoices { get; private set; } = [];

    public IReadOnlyList<OutgoingMail> Mails { get; private set; } = [];

    public IReadOnlyList<ActivityRow> History { get; private set; } = [];

    public bool HasEnded => ProposalRules.HasEnded(Proposal.State, Proposal.ValidUntil, Today);

    public string PublicHref => publicUrl.Of(Request, $"/proposal?code={Proposal.PublicCode}").AbsoluteUri;

    public string Heading => (Proposal.State, HasEnded) switch
    {
        (ProposalState.Draft, _) => "Proposal draft",
        (ProposalState.Accepted, _) => $"{Proposal.Number} is accepted",
        (ProposalState.Declined, _) => $"{Proposal.Number} is declined",
        (_, true) => $"{Proposal.Number} ended without an answer",
        _ => $"{Proposal.Number} waits for an answer",
    };

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken)
    {
        var proposal = await db.Proposals.AsNoTracking()
            .Include(row => row.Lines)
            .FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (proposal is null)
        {
            return NotFound();
        }

        Proposal = proposal;
        Today = await today.ReadAsync(cancellationToken);
        Paper = PaperViews.Of(proposal, await today.WorkspaceAsync(cancellationToken));
        Links = await facts.LinksAsync(proposal, cancellationToken);
        Invoices = await invoices.OfAsync(row => row.ProposalId == id, cancellationToken);
        Mails = await facts.MailsAsync(proposal, cancellationToken);
        History = await facts.HistoryAsync(proposal, cancellationToken);
        return Page();
    }
}
