using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Crm;
using HubSpotSync.Data.Journal;
using HubSpotSync.Portal.Words;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Customers;

internal sealed record DealRow(
    Guid Id, string Name, string Amount, string Stage, DateTimeOffset? CloseDate, string? Href);

/// <summary>What surrounds a record: its deals and its owner's name.</summary>
internal sealed class RecordFacts(CrmDbContext db)
{
    public async Task<string?> OwnerAsync(Guid? connectionId, string? ownerId, CancellationToken cancellationToken)
    {
        if (ownerId is null)
        {
            return null;
        }

        var owner = await db.Owners.AsNoTracking().FirstOrDefaultAsync(
            owner => owner.ConnectionId == connectionId && owner.Id == ownerId, cancellationToken);
        return owner is null
            ? $"HubSpot user {ownerId}"
            : CustomerNames.Of(owner.FirstName, owner.LastName, owner.Email, null)
                + (owner.IsArchived ? " (left)" : "");
    }

    /// <summary>Who may own a record, by name.</summary>
    public Task<List<Owner>> OwnersAsync(Guid? connectionId, CancellationToken cancellationToken) =>
        db.Owners.AsNoTracking()
            .Where(owner => owner.ConnectionId == connectionId && !owner.IsArchived)
            .OrderBy(owner => owner.LastName).ThenBy(owner => owner.Email)
            .ToListAsync(cancellationToken);

    public async Task<List<DealRow>> DealsAsync(
        IQueryable<Guid> ids, HubSpotConnection? connection, CancellationToken cancellationToken)
    {
        var deals = await db.Deals.AsNoTracking()
            .Where(deal => ids.Contains(deal.Id) && deal.ArchivedAt == null)
            .OrderByDescending(deal => deal.CloseDate)
            .Take(50)
            .ToListAsync(cancellationToken);
        var stageIds = deals.Select(deal => deal.StageId).OfType<string>().Distinct().ToList();
        var stages = await db.Stages.Where(stage => stageIds.Contains(stage.Id))
            .ToListAsync(cancellationToken);
        var dealIds = deals.Select(deal => deal.Id).ToList();
        var connectionId = connection?.Id;
        var links = await db.Links
            .Where(link => link.ConnectionId == connectionId && link.Kind == RecordKind.Deal
                && dealIds.Contains(link.LocalId))
            .ToDictionaryAsync(link => link.LocalId, link => link.HubspotId, cancellationToken);
        return
        [
            .. deals.Select(deal => new DealRow(
                deal.Id,
                deal.Name ?? "Deal without a name",
                deal.Amount is { } amount ? Numbers.Money(amount, deal.Currency ?? connection?.Currency) : "–",
                stages.Find(stage => stage.Id == deal.StageId && stage.PipelineId == deal.PipelineId)?.Label ?? "–",
                deal.CloseDate,
                connection is not null && links.TryGetValue(deal.Id, out var id)
                    ? HubSpotLinks.Record(connection, RecordKind.Deal, id)
                    : null)),
        ];
    }
}
