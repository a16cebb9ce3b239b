using HubSpotSync.Data.Crm;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Pipelines;

/// <summary>Some of the deals that a heading of the review is about, and how many there are.</summary>
internal sealed record WeekPart(int Count, IReadOnlyList<DealCard> Deals);

internal sealed record Week(WeekPart Won, WeekPart Lost, WeekPart Moved, WeekPart New, WeekPart Stalled);

/// <summary>What happened to the deals since a week ago, and to which nothing did.</summary>
internal sealed class WeekReview(DealQueries deals)
{
    public static readonly TimeSpan Span = TimeSpan.FromDays(7);

    /// <summary>An open deal that stays in its stage for so long is stalled.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(30);

    private const int Most = 30;

    public async Task<Week> ReadAsync(
        DealQuery query, PipelineMap map, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (since, stale) = (now - Span, now - Patience);
        var (won, lost, open) = (In(DealFilter.Won), In(DealFilter.Lost), In(DealFilter.Open));
        return new Week(
            await PartAsync(Closed(won), Newest),
            await PartAsync(Closed(lost), Newest),
            await PartAsync(open.Where(deal => deal.StageSince >= since && deal.PreviousStageId != null), Newest),
            await PartAsync(open.Where(deal => deal.CreatedAt >= since), Largest),
            await PartAsync(open.Where(deal => (deal.StageSince ?? deal.CreatedAt) < stale), Largest));

        IQueryable<Deal> In(DealFilter filter) => deals.Matching(query with { Filter = filter }, map, now);

        // One that came here closed has only HubSpot's own date of it.
        IQueryable<Deal> Closed(IQueryable<Deal> those) => those.Where(deal => deal.StageSince >= since
            || (deal.StageSince == null && deal.CloseDate >= since && deal.CloseDate <= now));

        async Task<WeekPart> PartAsync(IQueryable<Deal> those, Func<IQueryable<Deal>, IQueryable<Deal>> order) =>
            await those.CountAsync(cancellationToken) is > 0 and var count
                ? new WeekPart(count, await deals.Cards(order(those).Take(Most), map).ToListAsync(cancellationToken))
                : new WeekPart(0, []);
    }

    private static IQueryable<Deal> Newest(IQueryable<Deal> those) =>
        those.OrderByDescending(deal => deal.StageSince ?? deal.CloseDate).ThenBy(deal => deal.Id);

    private static IQueryable<Deal> Largest(IQueryable<Deal> those) =>
        those.OrderByDescending(deal => deal.Amount ?? 0).ThenBy(deal => deal.Id);
}
