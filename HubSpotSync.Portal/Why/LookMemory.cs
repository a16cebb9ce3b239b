using System.Collections.Immutable;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Matching;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Core.Scope;
using HubSpotSync.Portal.Review;

namespace HubSpotSync.Portal.Why;

/// <summary>
/// A record as the next look would see it, put together from what is kept here. What only HubSpot knows is taken from
/// the last look: what both sides agreed on, and what its outcome says of stage and activity.
/// </summary>
internal static class LookMemory
{
    public static PairState PairOf(Standing standing, DateTimeOffset now)
    {
        var local = standing.Local?.SnapshotOf(standing.Map);
        var match = MatchOf(standing);
        return new PairState(
            match is MatchResult.Ambiguous ? null : local,
            standing.Local?.IsArchived ?? false,
            HubSpotOf(standing, local, now),
            match,
            standing.Link is null ? default : Values(standing.Map, standing.Ancestor.GetValueOrDefault))
        {
            Facts = new ContactFacts(standing.InLists.Count > 0, LastActivityOf(standing, now)),
            IsFromHere = standing.Local?.IsFromHere ?? false,
            WasArchivedForScope = standing.Local?.WasArchivedForScope ?? false,
            IsSetApart = standing.IsSetApart,
            Decision = standing.Decision,
        };
    }

    private static RecordSnapshot? HubSpotOf(Standing standing, RecordSnapshot? local, DateTimeOffset now)
    {
        if (standing.HubSpotId is null)
        {
            return null;
        }

        var map = standing.Map;
        var values = standing switch
        {
            { Link: not null } => Values(map, standing.Ancestor.GetValueOrDefault),
            { Candidate: { } candidate } => Values(map, name => Candidate.Text(candidate.Fields, name)),
            _ => local?.Values ?? Values(map, _ => null),
        };
        if (map.PositionOf(StandardFields.LifecycleStage) is var at and >= 0)
        {
            values = values.SetItem(at, StageOf(standing, values[at], local));
        }

        return new RecordSnapshot(map, values, [], now);
    }

    /// <summary>A stage only arrives, so the one here is HubSpot's, unless the last look stopped at another.</summary>
    private static string? StageOf(Standing standing, string? agreed, RecordSnapshot? local) => standing.Outcome switch
    {
        { Reason: OutcomeReason.StageNotInScope, Detail: var stage } => stage,
        _ when standing.Link is not null => local?[StandardFields.LifecycleStage] ?? agreed,
        { State: Data.Journal.OutcomeState.InSync } => local?[StandardFields.LifecycleStage],
        _ when standing.Candidate is not null => agreed,
        // The last look got past the stages.
        _ => standing.Policy.LifecycleStages.Min(),
    };

    private static DateTimeOffset? LastActivityOf(Standing standing, DateTimeOffset now) =>
        (standing.Policy.Activity?.IsActive, standing.Outcome?.Reason) switch
        {
            (true, OutcomeReason.NotActive) => null,
            (true, _) => now,
            (false, OutcomeReason.StillActive) => now,
            _ => null,
        };

    private static MatchResult MatchOf(Standing standing) => standing switch
    {
        { Link: { } link } => new MatchResult.Matched(link.LocalId, MatchedBy.Link),
        { Candidate.Matches: [var first, var second, ..] } => new MatchResult.Ambiguous([first.Id, second.Id]),
        { Candidate.Matches: [var only] } => new MatchResult.Matched(only.Id, MatchedBy.Email),
        { Outcome.Reason: OutcomeReason.SeveralMatches } => new MatchResult.Ambiguous([Guid.Empty, Guid.AllBitsSet]),
        { HubSpotId: not null, Local.Id: var id } => new MatchResult.Matched(id, MatchedBy.Email),
        _ => new MatchResult.None(),
    };

    private static ImmutableArray<string?> Values(FieldMap map, Func<string, string?> of) =>
        [.. map.Fields.Select(field => FieldValue.Normalize(field.Type, of(field.Name)))];
}
