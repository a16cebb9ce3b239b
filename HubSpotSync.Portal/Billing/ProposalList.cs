using HubSpotSync.Core.Billing;
using HubSpotSync.Data;
using HubSpotSync.Portal.Web;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Billing;

internal sealed record ProposalRow(
    Guid Id, string? Number, ProposalState State, string? Buyer, DateOnly IssuedOn, DateOnly? ValidUntil,
    decimal Total, string Currency);

internal sealed record StateCount(ProposalState State, int Count);

internal sealed record ProposalPage(
    IReadOnlyList<StateCount> Counts, Paging Paging, IReadOnlyList<ProposalRow> Rows);

internal sealed class ProposalList(CrmDbContext db)
{
    public async Task<ProposalPage> ReadAsync(
        string? search, ProposalState? state, int page, CancellationToken cancellationToken)
    {
        var proposals = db.Proposals.AsNoTracking();
        if (search is not null)
        {
            var pattern = LikePattern.Containing(search);
            proposals = proposals.Where(proposal =>
                EF.Functions.ILike(proposal.Number!, pattern, @"\") // null is no match
                || EF.Functions.ILike(proposal.BuyerName!, pattern, @"\") // likewise
                || proposal.Lines.Any(line => EF.Functions.ILike(line.Description, pattern, @"\")));
        }

        var counts = await proposals.GroupBy(proposal => proposal.State)
            .Select(group => new StateCount(group.Key, group.Count()))
            .ToListAsync(cancellationToken);
        var total = counts.Where(count => state is null || count.State == state).Sum(count => count.Count);
        var paging = new Paging(page, InvoiceList.PageSize, total);
        var rows = await proposals.Where(proposal => state == null || proposal.State == state)
            .OrderByDescending(proposal => proposal.CreatedAt).ThenByDescending(proposal => proposal.Id)
            .Skip(paging.Skip).Take(paging.Size)
            .Select(proposal => new ProposalRow(
                proposal.Id, proposal.Number, proposal.State, proposal.BuyerName, proposal.IssuedOn,
                proposal.ValidUntil, proposal.Total, proposal.Currency))
            .ToListAsync(cancellationToken);
        return new ProposalPage([.. counts.OrderBy(count => count.State)], paging, rows);
    }
}
