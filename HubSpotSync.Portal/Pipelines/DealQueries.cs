using HubSpotSync.Core.Billing;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Crm;
using HubSpotSync.Portal.Web;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Pipelines;

/// <summary>The deals that a query means, as questions to the database.</summary>
internal sealed class DealQueries(CrmDbContext db)
{
    /// <param name="today">When the workspace's day began: what should have closed before is overdue.</param>
    public IQueryable<Deal> Matching(DealQuery query, PipelineMap map, DateTimeOffset today)
    {
        var deals = db.Deals.AsNoTracking().Where(deal => deal.ArchivedAt == null);
        if (query.Pipeline is { } pipeline)
        {
            deals = deals.Where(deal => deal.PipelineId == pipeline);
        }

        if (query.Stage is { } stage)
        {
            deals = deals.Where(deal => deal.StageId == stage);
        }

        deals = query.Owner switch
        {
            null => deals,
            DealQuery.NoOwner => deals.Where(deal => deal.HubspotOwnerId == null),
            var owner => deals.Where(deal => deal.HubspotOwnerId == owner),
        };
        if (query.Search is { } search)
        {
            var pattern = LikePattern.Containing(search);
            deals = deals.Where(deal => EF.Functions.ILike(deal.Name!, pattern, @"\") // null is no match
                || EF.Functions.ILike(deal.Company!.Name!, pattern, @"\")); // likewise
        }

        return Filtered(deals, query.Filter, StagesOf(map), today);
    }

    public Task<int> CountToInvoiceAsync(PipelineMap map, CancellationToken cancellationToken) =>
        Matching(new DealQuery { Filter = DealFilter.ToInvoice }, map, default).CountAsync(cancellationToken);

    /// <summary>How the query's deals are told apart by what they wait for, all filters in two questions.</summary>
    public async Task<Dictionary<DealFilter, int>> CountAsync(
        DealQuery query, PipelineMap map, DateTimeOffset today, CancellationToken cancellationToken)
    {
        var groups = await Matching(query with { Filter = DealFilter.All }, map, today)
            .GroupBy(deal => new { deal.PipelineId, deal.StageId })
            .Select(group => new
            {
                group.Key.PipelineId,
                group.Key.StageId,
                Count = group.Count(),
                Late = group.Count(deal => deal.CloseDate < today),
            })
            .ToListAsync(cancellationToken);
        var toInvoice = await Matching(query with { Filter = DealFilter.ToInvoice }, map, today)
            .CountAsync(cancellationToken);
        var staged = groups.ConvertAll(group => (Group: group, Stage: map.StageOf(group.PipelineId, group.StageId)));
        return new Dictionary<DealFilter, int>
        {
            [DealFilter.All] = groups.Sum(group => group.Count),
            [DealFilter.Open] = staged.Where(one => one.Stage is { IsClosed: false }).Sum(one => one.Group.Count),
            [DealFilter.Overdue] = staged.Where(one => one.Stage is { IsClosed: false }).Sum(one => one.Group.Late),
            [DealFilter.Won] = staged.Where(one => one.Stage is { IsWon: true }).Sum(one => one.Group.Count),
            [DealFilter.ToInvoice] = toInvoice,
            [DealFilter.Lost] = staged.Where(one => one.Stage is { IsClosed: true, IsWon: false })
                .Sum(one => one.Group.Count),
        };
    }

    /// <summary>As a card needs them, with the stage's nature, the company and whether there is an invoice.</summary>
    public IQueryable<DealCard> Cards(IQueryable<Deal> deals, PipelineMap map)
    {
        var (stages, connection) = (StagesOf(map), map.ConnectionId);
        return deals.Select(deal => new DealCard
        {
            Id = deal.Id,
            Name = deal.Name,
            Amount = deal.Amount,
            Currency = deal.Currency,
            PipelineId = deal.PipelineId,
            StageId = deal.StageId,
            PreviousStageId = deal.PreviousStageId,
            StageSince = deal.StageSince,
            CloseDate = deal.CloseDate,
            CreatedAt = deal.CreatedAt,
            OwnerId = deal.HubspotOwnerId,
            CompanyId = deal.CompanyId,
            Company = deal.Company!.Name ?? deal.Company.Domain, // null where there is none
            HubSpotId = db.Links
                .Where(link => link.ConnectionId == connection
                    && link.Kind == RecordKind.Deal && link.LocalId == deal.Id)
                .Select(link => (long?)link.HubspotId).FirstOrDefault(),
            HasInvoice = db.Invoices.Any(row => row.DealId == deal.Id && row.State != InvoiceState.Void),
            IsOpen = stages.Any(
                stage => stage.PipelineId == deal.PipelineId && stage.Id == deal.StageId && !stage.IsClosed),
            IsWon = stages.Any(stage => stage.PipelineId == deal.PipelineId && stage.Id == deal.StageId
                && stage.IsClosed && stage.Probability >= 1),
        });
    }

    /// <summary>Of the connection that speaks for HubSpot: another one may have had stages of the same ids.</summary>
    public IQueryable<Stage> StagesOf(PipelineMap map)
    {
        var connection = map.ConnectionId;
        return db.Stages.Where(stage => stage.ConnectionId == connection);
    }

    private IQueryable<Deal> Filtered(
        IQueryable<Deal> deals, DealFilter filter, IQueryable<Stage> stages, DateTimeOffset today) => filter switch
        {
            DealFilter.Open => In(deals, stages.Where(stage => !stage.IsClosed)),
            DealFilter.Overdue => In(deals, stages.Where(stage => !stage.IsClosed))
                .Where(deal => deal.CloseDate < today),
            DealFilter.Won => In(deals, stages.Where(stage => stage.IsClosed && stage.Probability >= 1)),
            DealFilter.ToInvoice => In(deals, stages.Where(stage => stage.IsClosed && stage.Probability >= 1))
                .Where(deal => !db.Invoices.Any(row => row.DealId == deal.Id && row.State != InvoiceState.Void)),
            DealFilter.Lost => In(deals, stages.Where(stage => stage.IsClosed && stage.Probability < 1)),
            _ => deals,
        };

    private static IQueryable<Deal> In(IQueryable<Deal> deals, IQueryable<Stage> stages) =>
        deals.Where(deal => stages.Any(stage => stage.PipelineId == deal.PipelineId && stage.Id == deal.StageId));
}
