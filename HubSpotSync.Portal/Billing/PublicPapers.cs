using HubSpotSync.Core.Billing;
using HubSpotSync.Data;
using HubSpotSync.Data.Billing;
using HubSpotSync.Portal.Billing.Pdf;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Billing;

/// <summary>A proposal as its buyer sees it.</summary>
internal sealed record PublicProposal(
    PaperView Paper, ProposalState State, bool MayAnswer, bool HasEnded, string? AnsweredBy);

/// <summary>
/// What buyers see without signing in: the one paper whose code they hold. Each look takes a scope of its own, because
/// whoever looks may be signed in to another workspace.
/// </summary>
internal sealed class PublicPapers(IServiceScopeFactory scopes, TimeProvider clock)
{
    public Task<PaperView?> InvoiceAsync(string? code, CancellationToken cancellationToken) =>
        LookAsync(code, async (services, place) =>
        {
            var today = services.GetRequiredService<WorkspaceToday>();
            var invoice = await services.GetRequiredService<CrmDbContext>().Invoices.AsNoTracking()
                .Include(row => row.Lines)
                .FirstOrDefaultAsync(row => row.Id == place.InvoiceId, cancellationToken);
            return invoice is null ? null : PaperViews.Of(invoice, await today.WorkspaceAsync(cancellationToken));
        }, cancellationToken);

    public Task<PublicProposal?> ProposalAsync(string? code, CancellationToken cancellationToken) =>
        LookAsync(code, async (services, place) =>
        {
            var today = services.GetRequiredService<WorkspaceToday>();
            var proposal = await services.GetRequiredService<CrmDbContext>().Proposals.AsNoTracking()
                .Include(row => row.Lines)
                .FirstOrDefaultAsync(row => row.Id == place.ProposalId, cancellationToken);
            var day = await today.ReadAsync(cancellationToken);
            return proposal is null
                ? null
                : new PublicProposal(
                    PaperViews.Of(proposal, await today.WorkspaceAsync(cancellationToken)),
                    proposal.State,
                    ProposalRules.MayAnswer(proposal.State, proposal.ValidUntil, day),
                    ProposalRules.HasEnded(proposal.State, proposal.ValidUntil, day),
                    proposal.AnsweredBy);
        }, cancellationToken);

    /// <returns><c>null</c> where the code leads to no proposal.</returns>
    public Task<Booking?> AnswerAsync(string? code, ProposalAnswer answer, CancellationToken cancellationToken) =>
        LookAsync<Booking?>(code, async (services, place) => place.ProposalId is not { } id
            ? null
            : await services.GetRequiredService<ProposalBook>().AnswerAsync(
                id,
                answer,
                await services.GetRequiredService<WorkspaceToday>().ReadAsync(cancellationToken),
                cancellationToken),
            cancellationToken);

    public byte[] Pdf(PaperView paper) => PaperPdf.Write(paper, clock.GetUtcNow());

    private async Task<T?> LookAsync<T>(
        string? code, Func<IServiceProvider, PaperPlace, Task<T?>> look, CancellationToken cancellationToken)
    {
        PaperPlace? place;
        await using (var scope = scopes.CreateAsyncScope())
        {
            place = await scope.ServiceProvider.GetRequiredService<PaperCodes>().FindAsync(code, cancellationToken);
        }

        if (place is null)
        {
            return default;
        }

        await using var own = scopes.CreateAsyncScope();
        own.ServiceProvider.GetRequiredService<CrmDbContext>().EnterWorkspace(place.WorkspaceId, "buyer");
        return await look(own.ServiceProvider, place);
    }
}
