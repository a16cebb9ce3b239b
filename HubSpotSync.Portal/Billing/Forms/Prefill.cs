using HubSpotSync.Core.Billing;
using HubSpotSync.Data;
using HubSpotSync.Data.Billing;
using HubSpotSync.Data.Identity;
using HubSpotSync.Portal.Words;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Billing.Forms;

/// <summary>What a new paper starts from.</summary>
internal sealed record PaperSource(Guid? Deal, Guid? Customer, Guid? Proposal, Guid? From);

/// <summary>Fills the form of a new paper from a deal, a customer, a proposal, or another paper of its kind.</summary>
internal sealed class Prefill(CrmDbContext db, Buyers buyers, WorkspaceToday today, TimeProvider clock)
{
    private const int ProposalDays = 30;

    /// <returns><c>null</c> where what it should start from is not there.</returns>
    public async Task<PaperInput?> InvoiceAsync(PaperSource source, CancellationToken cancellationToken)
    {
        if (source.From is { } from)
        {
            return await CopyAsync(await InvoiceAsync(from, cancellationToken), true, cancellationToken);
        }

        if (source.Proposal is { } id)
        {
            var proposal = await ProposalAsync(id, cancellationToken);
            if (proposal is null || !ProposalRules.MayInvoice(proposal.State)
                || await CopyAsync(proposal, true, cancellationToken) is not { } input)
            {
                return null;
            }

            (input.ProposalId, input.DealId) = (id, proposal.DealId);
            return input;
        }

        return await FreshAsync(source, true, cancellationToken);
    }

    public async Task<PaperInput?> ProposalAsync(PaperSource source, CancellationToken cancellationToken) =>
        source.From is { } from
            ? await CopyAsync(await ProposalAsync(from, cancellationToken), false, cancellationToken)
            : await FreshAsync(source, false, cancellationToken);

    private async Task<PaperInput?> FreshAsync(
        PaperSource source, bool isInvoice, CancellationToken cancellationToken)
    {
        var input = await BlankAsync(isInvoice, cancellationToken);
        if (source.Customer is { } customer && !await buyers.TakeAsync(input, customer, cancellationToken))
        {
            return null;
        }

        return source.Deal is { } deal ? await OfDealAsync(input, deal, cancellationToken) : input;
    }

    private async Task<PaperInput?> OfDealAsync(PaperInput input, Guid dealId, CancellationToken cancellationToken)
    {
        var deal = await db.Deals.AsNoTracking().FirstOrDefaultAsync(row => row.Id == dealId, cancellationToken);
        if (deal is null)
        {
            return null;
        }

        input.DealId = deal.Id;
        input.Currency = Currency.Find(deal.Currency)?.Code ?? input.Currency;
        var line = input.Lines[0];
        line.Description = deal.Name;
        var decimals = Currency.Find(input.Currency)?.MinorUnits ?? 2;
        line.UnitPrice = deal.Amount is { } amount
            ? AmountText.Write(decimal.Round(amount, PaperLine.PriceDecimals), decimals)
            : "";
        var customer = await db.DealCustomers
            .Where(row => row.DealId == dealId)
            .Join(db.Customers, row => row.CustomerId, customer => customer.Id, (_, customer) => customer)
            .OrderBy(customer => customer.ArchivedAt != null)
            .ThenBy(customer => deal.CompanyId == null || customer.CompanyId != deal.CompanyId)
            .ThenBy(customer => customer.SortName).ThenBy(customer => customer.Id)
            .Select(customer => (Guid?)customer.Id)
            .FirstOrDefaultAsync(cancellationToken);
        if (customer is { } known)
        {
            await buyers.TakeAsync(input, known, cancellationToken);
        }

        if (deal.CompanyId is { } company && input.CompanyId != company)
        {
            await buyers.TakeCompanyAsync(input, company, cancellationToken);
        }

        return input;
    }

    private async Task<PaperInput?> CopyAsync(Paper? paper, bool isInvoice, CancellationToken cancellationToken)
    {
        if (paper is null)
        {
            return null;
        }

        var (copy, blank) = (PaperInput.Of(paper), await BlankAsync(isInvoice, cancellationToken));
        (copy.Id, copy.Version, copy.DealId, copy.ProposalId) = (blank.Id, 0, null, null);
        (copy.IssuedOn, copy.Until) = (blank.IssuedOn, blank.Until);
        copy.Terms = paper is Proposal && isInvoice ? blank.Terms : copy.Terms;
        return copy;
    }

    private async Task<PaperInput> BlankAsync(bool isInvoice, CancellationToken cancellationToken)
    {
        var workspace = await today.WorkspaceAsync(cancellationToken);
        var date = await today.ReadAsync(cancellationToken);
        return new PaperInput
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            Currency = Currency.Find(workspace.Currency)?.Code ?? "EUR",
            IssuedOn = Dates.Field(date),
            Until = Dates.Field(date.AddDays(isInvoice ? workspace.PaymentDays : ProposalDays)),
            Terms = isInvoice ? workspace.PaymentTerms : null,
            Lines = [new LineInput { TaxRate = TaxRateOf(workspace) }],
        };
    }

    public static string TaxRateOf(Workspace workspace) => AmountText.Write(workspace.TaxRate);

    private Task<Invoice?> InvoiceAsync(Guid id, CancellationToken cancellationToken) => db.Invoices.AsNoTracking()
        .Include(row => row.Lines).FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    private Task<Proposal?> ProposalAsync(Guid id, CancellationToken cancellationToken) => db.Proposals.AsNoTracking()
        .Include(row => row.Lines).FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
}
