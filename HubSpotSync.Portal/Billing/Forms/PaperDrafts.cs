using HubSpotSync.Core.Billing;
using HubSpotSync.Data;
using HubSpotSync.Data.Billing;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Billing.Forms;

/// <summary>How saving a draft ended.</summary>
internal enum DraftSaved
{
    Done,
    Gone,

    /// <summary>It was sent meanwhile.</summary>
    NoDraft,

    /// <summary>Somebody else saved since the form was opened.</summary>
    Clash,

    /// <summary>The deal or the proposal has an invoice already.</summary>
    Duplicate,
}

/// <summary>Makes and saves drafts. The same form sent twice makes one paper.</summary>
internal sealed class PaperDrafts(CrmDbContext db, ActivityLog activities, TimeProvider clock)
{
    public async Task<DraftSaved> CreateInvoiceAsync(
        PaperInput input, PaperValues values, Guid? by, CancellationToken cancellationToken)
    {
        var other = await OtherInvoiceAsync(input, cancellationToken);
        if (other is not null && (other.Id == input.Id || !input.ConfirmDuplicate))
        {
            return other.Id == input.Id ? DraftSaved.Done : DraftSaved.Duplicate;
        }

        await KeepKnownAsync(input, cancellationToken);
        var invoice = new Invoice
        {
            Id = input.Id,
            WorkspaceId = db.WorkspaceId,
            PublicCode = PaperCodes.Create(),
            Currency = values.Currency.Code,
            ProposalId = input.ProposalId,
            ConfirmedDuplicate = other is not null, // which was confirmed
            CreatedBy = by,
            CreatedAt = clock.GetUtcNow(),
        };
        await TakeDealAsync(invoice, input.DealId, cancellationToken);
        Fill(invoice, input, values, by);
        db.Invoices.Add(invoice);
        activities.Add(invoice, "invoice.created", by);
        return await InsertAsync(Invoice.PrimaryKey, cancellationToken);
    }

    public async Task<DraftSaved> CreateProposalAsync(
        PaperInput input, PaperValues values, Guid? by, CancellationToken cancellationToken)
    {
        await KeepKnownAsync(input, cancellationToken);
        var proposal = new Proposal
        {
            Id = input.Id,
            WorkspaceId = db.WorkspaceId,
            PublicCode = PaperCodes.Create(),
            Currency = values.Currency.Code,
            DealId = input.DealId,
            CreatedBy = by,
            CreatedAt = clock.GetUtcNow(),
        };
        Fill(proposal, input, values, by);
        db.Proposals.Add(proposal);
        activities.Add(proposal, "proposal.created", by);
        return await InsertAsync(Proposal.PrimaryKey, cancellationToken);
    }

    public async Task<DraftSaved> SaveAsync(
        Paper? paper, PaperInput input, PaperValues values, Guid? by, CancellationToken cancellationToken)
    {
        if (paper is null)
        {
            return DraftSaved.Gone;
        }

        if (paper.Number is not null || paper.Version != input.Version)
        {
            return paper.Number is not null ? DraftSaved.NoDraft : DraftSaved.Clash;
        }

        await KeepKnownAsync(input, cancellationToken);
        Fill(paper, input, values, by);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return DraftSaved.Done;
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return DraftSaved.Clash;
        }
    }

    /// <summary>The invoice that the deal or the proposal has already.</summary>
    public Task<Invoice?> OtherInvoiceAsync(PaperInput input, CancellationToken cancellationToken) =>
        db.Invoices.AsNoTracking()
            .Where(row => row.State != InvoiceState.Void
                && ((input.DealId != null && row.DealId == input.DealId)
                    || (input.ProposalId != null && row.ProposalId == input.ProposalId)))
            .OrderBy(row => row.Id != input.Id).ThenBy(row => row.CreatedAt)
            .FirstOrDefaultAsync(cancellationToken);

    // Fields that nobody sees say what they like; only records of this workspace count.
    private async Task KeepKnownAsync(PaperInput input, CancellationToken cancellationToken)
    {
        input.CustomerId = await KnownAsync(db.Customers.Select(row => row.Id), input.CustomerId, cancellationToken);
        input.CompanyId = await KnownAsync(db.Companies.Select(row => row.Id), input.CompanyId, cancellationToken);
        input.DealId = await KnownAsync(db.Deals.Select(row => row.Id), input.DealId, cancellationToken);
        input.ProposalId = await KnownAsync(db.Proposals.Select(row => row.Id), input.ProposalId, cancellationToken);
    }

    private static async Task<Guid?> KnownAsync(IQueryable<Guid> ids, Guid? id, CancellationToken cancellationToken) =>
        id is { } wanted && await ids.ContainsAsync(wanted, cancellationToken) ? id : null;

    private async Task TakeDealAsync(Invoice invoice, Guid? dealId, CancellationToken cancellationToken)
    {
        var deal = dealId is null
            ? null
            : await db.Deals.AsNoTracking().FirstOrDefaultAsync(row => row.Id == dealId, cancellationToken);
        (invoice.DealId, invoice.DealAmount, invoice.DealCurrency, invoice.DealStageId) =
            (deal?.Id, deal?.Amount, deal?.Currency, deal?.StageId);
    }

    private async Task<DraftSaved> InsertAsync(string primaryKey, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return DraftSaved.Done;
        }
        catch (DbUpdateException error) when (error.Violates(primaryKey))
        {
            return DraftSaved.Done; // the same form arrived twice
        }
        catch (DbUpdateException error) when (
            error.Violates(Invoice.DealIndex) || error.Violates(Invoice.ProposalIndex))
        {
            db.ChangeTracker.Clear();
            return DraftSaved.Duplicate;
        }
    }

    private void Fill(Paper paper, PaperInput input, PaperValues values, Guid? by)
    {
        (paper.CustomerId, paper.CompanyId) = (input.CustomerId, input.CompanyId);
        (paper.Currency, paper.IssuedOn) = (values.Currency.Code, values.IssuedOn);
        if (paper is Invoice invoice)
        {
            invoice.DueOn = values.Until ?? values.IssuedOn; // an invoice's form needs it
        }
        else if (paper is Proposal proposal)
        {
            proposal.ValidUntil = values.Until;
        }

        (paper.BuyerName, paper.BuyerAddress) = (Clean(input.BuyerName), Clean(input.BuyerAddress));
        (paper.BuyerEmail, paper.BuyerTaxId) = (Clean(input.BuyerEmail), Clean(input.BuyerTaxId));
        (paper.Notes, paper.Terms) = (Clean(input.Notes), Clean(input.Terms));
        (paper.UpdatedBy, paper.UpdatedAt) = (by, clock.GetUtcNow());
        paper.SetLines(values.Lines);
    }

    private static string? Clean(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : text.ReplaceLineEndings("\n").Trim();
}
