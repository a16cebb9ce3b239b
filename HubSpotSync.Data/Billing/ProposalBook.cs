using HubSpotSync.Core.Billing;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Data.Billing;

/// <summary>Everything that moves a proposal on; as careful as <see cref="InvoiceBook"/>.</summary>
public sealed class ProposalBook(
    CrmDbContext db, DocumentNumbers numbers, ActivityLog activities, MailOutbox outbox, TimeProvider clock)
{
    public async Task<Booking> SendAsync(
        Guid id, uint version, MailToSend? mail, Guid? by, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.JoinTransactionAsync(cancellationToken);
        if (await LockAsync(id, cancellationToken) is not { } proposal)
        {
            return Booking.Gone;
        }

        if (proposal.State != ProposalState.Draft)
        {
            return mail is not null && await outbox.HasAsync(mail.Id, cancellationToken) ? Booking.Done : Booking.Moved;
        }

        if (ProblemOf(proposal, version) is { } problem)
        {
            return problem;
        }

        var workspace = await db.Workspaces.SingleAsync(cancellationToken);
        proposal.Seller = Seller.Of(workspace);
        proposal.Sequence = await numbers.NextAsync(NumberedKind.Proposal, cancellationToken);
        proposal.Number = PaperNumber.Format(workspace.ProposalPrefix, proposal.Sequence.Value);
        (proposal.State, proposal.SentAt) = (ProposalState.Sent, clock.GetUtcNow());
        (proposal.UpdatedAt, proposal.UpdatedBy) = (clock.GetUtcNow(), by);
        activities.AddMoney(proposal, "proposal.sent", by, proposal.Total);
        if (mail is not null)
        {
            outbox.Add(proposal, mail, by);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Booking.Done;
    }

    public async Task<Booking> MailAgainAsync(
        Guid id, MailToSend mail, Guid? by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mail);
        await using var transaction = await db.Database.JoinTransactionAsync(cancellationToken);
        if (await LockAsync(id, cancellationToken) is not { } proposal)
        {
            return Booking.Gone;
        }

        if (await outbox.HasAsync(mail.Id, cancellationToken))
        {
            return Booking.Done;
        }

        if (proposal.State == ProposalState.Draft)
        {
            return Booking.Moved;
        }

        outbox.Add(proposal, mail, by);
        activities.Add(proposal, "proposal.mailed_again", by);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Booking.Done;
    }

    /// <summary>The buyer's answer, given once.</summary>
    /// <param name="today">In the workspace's time zone.</param>
    public async Task<Booking> AnswerAsync(
        Guid id, ProposalAnswer answer, DateOnly today, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(answer);
        await using var transaction = await db.Database.JoinTransactionAsync(cancellationToken);
        if (await LockAsync(id, cancellationToken) is not { } proposal)
        {
            return Booking.Gone;
        }

        if (!ProposalRules.MayAnswer(proposal.State, proposal.ValidUntil, today))
        {
            return Booking.Moved;
        }

        proposal.State = answer.Accepts ? ProposalState.Accepted : ProposalState.Declined;
        (proposal.AnsweredBy, proposal.AnswerNote) = (answer.Name, answer.Note);
        (proposal.AnsweredAt, proposal.UpdatedAt) = (clock.GetUtcNow(), clock.GetUtcNow());
        activities.Add(
            proposal,
            answer.Accepts ? "proposal.accepted" : "proposal.declined",
            null,
            ("name", answer.Name), ("note", answer.Note));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Booking.Done;
    }

    public async Task<Booking> DeleteDraftAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.JoinTransactionAsync(cancellationToken);
        if (await LockAsync(id, cancellationToken) is not { } proposal)
        {
            return Booking.Gone;
        }

        if (!ProposalRules.MayEdit(proposal.State))
        {
            return Booking.Moved;
        }

        db.Proposals.Remove(proposal);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Booking.Done;
    }

    private static Booking? ProblemOf(Proposal proposal, uint version) =>
        proposal.Version != version ? Booking.Moved
        : proposal.Lines.Count == 0 ? Booking.NoLines
        : string.IsNullOrWhiteSpace(proposal.BuyerName) ? Booking.NoBuyer
        : null;

    private async Task<Proposal?> LockAsync(Guid id, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"select 1 from proposals where id = {id} for update", cancellationToken);
        return await db.Proposals
            .Include(proposal => proposal.Lines)
            .FirstOrDefaultAsync(proposal => proposal.Id == id, cancellationToken);
    }
}

/// <summary>What the buyer said, and who said it.</summary>
public sealed record ProposalAnswer(bool Accepts, string Name, string? Note);
