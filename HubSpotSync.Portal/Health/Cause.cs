using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Journal;
using HubSpotSync.Portal.Words;

namespace HubSpotSync.Portal.Health;

/// <summary>Records that are where they are for one and the same reason.</summary>
internal sealed record Cause(OutcomeState State, OutcomeReason Reason, string? Detail, int Records)
{
    public string Title => ReasonWords.Short(Reason);

    public string Href => new OutcomeQuery(State) { Reason = Reason, Detail = Detail }.Href();

    public string RetryHref => new OutcomeQuery(State) { Reason = Reason, Detail = Detail }.Href("Retry");

    public (string Label, string Href)? Fix => FixWords.Of(Reason);

    public string Say(HubSpotConnection? connection) => ReasonWords.Many(Reason, Detail, connection);

    /// <summary>The most frequent first.</summary>
    public static IReadOnlyList<Cause> Of(IEnumerable<OutcomeCount> counts, OutcomeState state) =>
    [
        .. counts.Where(count => count.State == state.ToString())
            .GroupBy(count => (count.Reason, count.Detail))
            .Select(same => new Cause(
                state, Enum.Parse<OutcomeReason>(same.Key.Reason), same.Key.Detail, same.Sum(one => one.Records)))
            .OrderByDescending(cause => cause.Records),
    ];
}
