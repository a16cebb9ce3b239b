using HubSpotSync.Core.Billing;
using HubSpotSync.Data;
using HubSpotSync.Data.Billing;
using HubSpotSync.Portal.Billing;
using HubSpotSync.Portal.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Pages.Invoices;

internal sealed class InvoiceModel(
    CrmDbContext db, WorkspaceToday today, PaperFacts facts, PaymentBook payments, PeopleNames people) : PageModel
{
    public Invoice Invoice { get; private set; } = null!; // set by the handler, or 404

    public PaperView Paper { get; private set; } = null!; // likewise

    public DateOnly Today { get; private set; }

    public IReadOnlyList<PaperLink> Links { get; private set; } = [];

    public IReadOnlyList<Payment> Payments { get; private set; } = [];

    public IReadOnlyList<OutgoingMail> Mails { get; private set; } = [];

    public IReadOnlyList<ActivityRow> History { get; private set; } = [];

    public IReadOnlyDictionary<Guid, string> People { get; private set; } = new Dictionary<Guid, string>();

    public DealNotice? Notice { get; private set; }

    public int DaysOverdue => InvoiceRules.DaysOverdue(Invoice.State, Invoice.DueOn, Today);

    public string Heading => (Invoice.State, DaysOverdue) switch
    {
        (InvoiceState.Draft, _) => "Invoice draft",
        (InvoiceState.Void, _) => $"{Invoice.Number} is void",
        (InvoiceState.Paid, _) => $"{Invoice.Number} is paid",
        (_, > 0) => $"{Invoice.Number}: {Open} overdue",
        _ => $"{Invoice.Number}: {Open} open",
    };

    private string Open => Numbers.Money(Invoice.Balance, Invoice.Currency);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken)
    {
        var invoice = await db.Invoices.AsNoTracking()
            .Include(row => row.Lines)
            .FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (invoice is null)
        {
            return NotFound();
        }

        Invoice = invoice;
        Today = await today.ReadAsync(cancellationToken);
        Paper = PaperViews.Of(invoice, await today.WorkspaceAsync(cancellationToken));
        Links = await facts.LinksAsync(invoice, cancellationToken);
        Payments = await payments.ReadAsync(id, cancellationToken);
        Mails = await facts.MailsAsync(invoice, cancellationToken);
        History = await facts.HistoryAsync(invoice, cancellationToken);
        Notice = await facts.DealNoticeAsync(invoice, cancellationToken);
        People = await people.OfAsync(Payments.Select(payment => payment.RecordedBy), cancellationToken);
        return Page();
    }
}
