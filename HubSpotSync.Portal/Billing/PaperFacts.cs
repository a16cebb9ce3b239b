using HubSpotSync.Core.Billing;
using HubSpotSync.Data;
using HubSpotSync.Data.Billing;
using HubSpotSync.Data.Crm;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Words;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Billing;

internal sealed record ActivityRow(string What, string? Who, DateTimeOffset At, string? Note);

/// <summary>A record that a paper belongs to, and where it is shown.</summary>
internal sealed record PaperLink(string Label, string Name, string? Href);

/// <summary>The deal says something else than when the invoice was made of it.</summary>
internal sealed record DealNotice(string DealName, DateTimeOffset ChangedAt, IReadOnlyList<ChangeLine> Changes);

/// <summary>What surrounds a paper: its records, its mails, its history, and what its deal says now.</summary>
internal sealed class PaperFacts(CrmDbContext db, PeopleNames people)
{
    public async Task<IReadOnlyList<PaperLink>> LinksAsync(Paper paper, CancellationToken cancellationToken)
    {
        var links = new List<PaperLink>();
        var customer = await db.Customers.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Id == paper.CustomerId, cancellationToken);
        if (customer is not null)
        {
            var name = CustomerNames.Of(customer.FirstName, customer.LastName, customer.Email, customer.CompanyName);
            links.Add(new("Customer", name, $"/customers/{customer.Id}"));
        }

        var company = await db.Companies.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Id == paper.CompanyId, cancellationToken);
        if (company is not null)
        {
            links.Add(new("Company", company.Name ?? company.Domain ?? "No name", $"/companies/{company.Id}"));
        }

        if (await DealAsync(paper, cancellationToken) is { } deal)
        {
            links.Add(new("Deal", deal.Name ?? "Deal without a name", null));
        }

        return links;
    }

    public async Task<IReadOnlyList<ActivityRow>> HistoryAsync(Paper paper, CancellationToken cancellationToken)
    {
        var (id, isInvoice) = (paper.Id, paper is Invoice);
        var activities = await db.Activities.AsNoTracking()
            .Where(row => isInvoice ? row.InvoiceId == id : row.ProposalId == id)
            .OrderByDescending(row => row.At).ThenByDescending(row => row.Id)
            .Take(50)
            .ToListAsync(cancellationToken);
        var names = await people.OfAsync(activities.Select(row => row.By), cancellationToken);
        return
        [
            .. activities.Select(row => new ActivityRow(
                BillingWords.Activity(row),
                row.By is { } by ? names.GetValueOrDefault(by) : null,
                row.At,
                row.Params.GetValueOrDefault("note"))),
        ];
    }

    public Task<List<OutgoingMail>> MailsAsync(Paper paper, CancellationToken cancellationToken)
    {
        var (id, isInvoice) = (paper.Id, paper is Invoice);
        return db.OutgoingMails.AsNoTracking()
            .Where(row => isInvoice ? row.InvoiceId == id : row.ProposalId == id)
            .OrderByDescending(row => row.CreatedAt)
            .Take(20)
            .ToListAsync(cancellationToken);
    }

    /// <returns><c>null</c> where the deal says what it said, or there is nothing to tell any more.</returns>
    public async Task<DealNotice?> DealNoticeAsync(Invoice invoice, CancellationToken cancellationToken)
    {
        if (invoice.State == InvoiceState.Void || await DealAsync(invoice, cancellationToken) is not { } deal)
        {
            return null;
        }

        var (then, now) = (invoice.DealTerms, new DealTerms(deal.Amount, deal.Currency, deal.StageId));
        var changes = then.ChangesTo(now);
        return changes == DealChanges.None
            ? null
            : new DealNotice(
                deal.Name ?? "Deal without a name",
                deal.UpdatedAt,
                [
                    .. When(changes, DealChanges.Amount, "Amount", Amount(then), Amount(now)),
                    .. When(changes, DealChanges.Currency, "Currency", then.Currency, now.Currency),
                    .. When(
                        changes, DealChanges.Stage, "Stage",
                        await StageAsync(deal, then.StageId, cancellationToken),
                        await StageAsync(deal, now.StageId, cancellationToken)),
                ]);
    }

    private static ChangeLine[] When(
        DealChanges changes, DealChanges field, string label, string? before, string? after) =>
        changes.HasFlag(field) ? [new ChangeLine(label, before, after)] : [];

    private static string? Amount(DealTerms terms) =>
        terms.Amount is { } amount ? Numbers.Money(amount, terms.Currency) : null;

    private async Task<string?> StageAsync(Deal deal, string? stageId, CancellationToken cancellationToken) =>
        await db.Stages
            .Where(stage => stage.Id == stageId)
            .OrderBy(stage => stage.PipelineId != deal.PipelineId)
            .Select(stage => stage.Label)
            .FirstOrDefaultAsync(cancellationToken) ?? stageId;

    private Task<Deal?> DealAsync(Paper paper, CancellationToken cancellationToken) => paper.DealId is null
        ? Task.FromResult<Deal?>(null)
        : db.Deals.AsNoTracking().FirstOrDefaultAsync(row => row.Id == paper.DealId, cancellationToken);
}
