using HubSpotSync.Data.Crm;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Pipelines;

/// <summary>A stage with what its deals come to and the first of them.</summary>
internal sealed record BoardColumn(Stage Stage, IReadOnlyList<DealSum> Sums, IReadOnlyList<DealCard> Cards)
{
    public int Deals => Sums.Sum(sum => sum.Deals);

    public IEnumerable<(decimal Amount, string Currency)> Weighted =>
        Sums.Select(sum => (sum.Amount * Stage.Probability, sum.Currency));
}

/// <param name="Strays">Deals of this pipeline in a stage that HubSpot no longer has.</param>
internal sealed record Board(IReadOnlyList<BoardColumn> Columns, int Strays);

/// <summary>One pipeline as columns: two queries however many deals there are.</summary>
internal sealed class PipelineBoard(DealQueries deals)
{
    public const int MostCards = 20;

    /// <param name="usualCurrency">Of deals that name none; its sums come first.</param>
    public async Task<Board> ReadAsync(
        DealQuery query,
        PipelineMap map,
        string usualCurrency,
        DateTimeOffset today,
        CancellationToken cancellationToken)
    {
        var matching = deals.Matching(query, map, today);
        var sums = await SumAsync(query, map, usualCurrency, today, cancellationToken);
        var pipeline = query.Pipeline;

        // What is open waits for its day; what is closed is news.
        var first = deals.StagesOf(map).Where(stage => stage.PipelineId == pipeline).SelectMany(stage => matching
            .Where(deal => deal.StageId == stage.Id)
            .OrderBy(deal => stage.IsClosed ? null : deal.CloseDate)
            .ThenByDescending(deal => deal.CloseDate != null)
            .ThenByDescending(deal => deal.CloseDate)
            .ThenBy(deal => deal.Id)
            .Take(MostCards));
        var cards = (await deals.Cards(first, map).ToListAsync(cancellationToken)).ToLookup(card => card.StageId);
        var stages = map.Stages[pipeline ?? ""].ToList();
        return new Board(
            [
                .. stages.Select(stage => new BoardColumn(
                    stage,
                    [.. sums.Where(sum => sum.StageId == stage.Id)],
                    [.. InOrder(cards[stage.Id], stage)])),
            ],
            sums.Where(sum => !stages.Exists(stage => stage.Id == sum.StageId)).Sum(sum => sum.Deals));
    }

    /// <summary>By stage and currency, the usual one first.</summary>
    public async Task<List<DealSum>> SumAsync(
        DealQuery query,
        PipelineMap map,
        string usualCurrency,
        DateTimeOffset today,
        CancellationToken cancellationToken)
    {
        var sums = await deals.Matching(query, map, today)
            .GroupBy(deal => new { deal.StageId, Currency = deal.Currency ?? usualCurrency })
            .Select(group => new DealSum(
                group.Key.StageId, group.Key.Currency, group.Count(), group.Sum(deal => deal.Amount ?? 0)))
            .ToListAsync(cancellationToken);
        return [.. sums.OrderBy(sum => sum.Currency != usualCurrency).ThenBy(sum => sum.Currency)];
    }

    private static IEnumerable<DealCard> InOrder(IEnumerable<DealCard> cards, Stage stage) => stage.IsClosed
        ? cards.OrderByDescending(card => card.CloseDate ?? DateTimeOffset.MinValue).ThenBy(card => card.Id)
        : cards.OrderBy(card => card.CloseDate ?? DateTimeOffset.MaxValue).ThenBy(card => card.Id);
}
