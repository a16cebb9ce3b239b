using System.Collections.Immutable;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Matching;
using HubSpotSync.Core.Records;

namespace HubSpotSync.Core.Planning;

/// <summary>One thing that could be otherwise: of the record, or of the rules.</summary>
public enum PlanChange
{
    /// <summary>The record moves to a stage that is taken.</summary>
    StageMoves,

    /// <summary>The rules take its stage too.</summary>
    StageTaken,
    ListJoined,
    ListsDropped,

    /// <summary>Something happens with it in HubSpot, or, where the inactive are wanted, nothing does.</summary>
    ActivityTurns,
    ActivityDropped,
    KindTaken,
    TakenBack,
    Restored,

    /// <summary>The records here that it may be become one.</summary>
    MatchesMerged,
    LetIn,
    ReviewEnded,
    DuplicatesMerged,
    AddedHere,
    TwoWay,
    Named,
}

/// <summary>
/// What would have to be otherwise for a record to be synced: the planner itself is asked, with one thing changed, or
/// with as few as it takes.
/// </summary>
public static class WhatIf
{
    private const int MostTogether = 3;

    private static readonly ImmutableArray<PlanChange> All = [.. Enum.GetValues<PlanChange>()];

    /// <returns>
    /// The smallest sets of changes that would do; none where it is synced as it is, or where nothing would help.
    /// </returns>
    public static IReadOnlyList<IReadOnlyList<PlanChange>> Syncs(
        PairState pair, SyncPolicy policy, DateTimeOffset now)
    {
        if (SyncPlanner.Explain(pair, policy, now).Syncs)
        {
            return [];
        }

        for (var size = 1; size <= MostTogether; size++)
        {
            List<IReadOnlyList<PlanChange>> found =
            [
                .. Choose(0, size).Where(changes => Apply(changes, pair, policy, now) is var (otherPair, otherPolicy)
                    && SyncPlanner.Explain(otherPair, otherPolicy, now).Syncs),
            ];
            if (found.Count > 0)
            {
                return found;
            }
        }

        return [];
    }

    private static IEnumerable<ImmutableList<PlanChange>> Choose(int from, int size) => size == 0
        ? [[]]
        : Enumerable.Range(from, All.Length - from)
            .SelectMany(at => Choose(at + 1, size - 1).Select(rest => rest.Insert(0, All[at])));

    private static (PairState Pair, SyncPolicy Policy)? Apply(
        IEnumerable<PlanChange> changes, PairState pair, SyncPolicy policy, DateTimeOffset now)
    {
        foreach (var change in changes)
        {
            var (otherPair, otherPolicy) = (OfRecord(change, pair, policy, now), OfRules(change, pair, policy));
            if (otherPair is null && otherPolicy is null)
            {
                return null; // there is nothing to change
            }

            (pair, policy) = (otherPair ?? pair, otherPolicy ?? policy);
        }

        return (pair, policy);
    }

    private static PairState? OfRecord(PlanChange change, PairState pair, SyncPolicy policy, DateTimeOffset now) =>
        change switch
        {
            PlanChange.StageMoves when pair.HubSpot is { } there && !policy.LifecycleStages.IsEmpty
                && there.Map.PositionOf(StandardFields.LifecycleStage) is var at and >= 0 =>
                pair with { HubSpot = there with { Values = there.Values.SetItem(at, policy.LifecycleStages.Min()) } },
            PlanChange.ListJoined when !policy.Lists.IsEmpty && !pair.Facts.IsInLists =>
                pair with { Facts = pair.Facts with { IsInLists = true } },
            PlanChange.ActivityTurns when policy.Activity is { } filter =>
                pair with { Facts = pair.Facts with { LastActivityAt = filter.IsActive ? now : null } },
            PlanChange.TakenBack when pair.IsSetApart => pair with { IsSetApart = false },
            PlanChange.Restored when pair.LocalIsArchived => pair with { LocalIsArchived = false },
            PlanChange.MatchesMerged when pair.Match is MatchResult.Ambiguous several => pair with
            {
                Match = new MatchResult.Matched(several.LocalIds[0], MatchedBy.Email),
                Local = pair.HubSpot,
            },
            PlanChange.LetIn => pair with { Decision = new ReviewDecision(ReviewAnswer.Import, null) },
            PlanChange.AddedHere when pair is { Local: null, HubSpot: { } there, Match: MatchResult.None } => pair with
            {
                Match = new MatchResult.Matched(Guid.Empty, MatchedBy.Email),
                Local = there,
            },
            PlanChange.Named when pair is { HubSpot: null, Local: { Map.Kind: RecordKind.Contact } here } =>
                pair with
                {
                    Local = here with { Values = here.Values.SetItem(here.Map.PositionOf("last_name"), "?") },
                },
            _ => null,
        };

    private static SyncPolicy? OfRules(PlanChange change, PairState pair, SyncPolicy policy) => change switch
    {
        PlanChange.StageTaken when !policy.LifecycleStages.IsEmpty => policy with
        {
            LifecycleStages = pair.HubSpot?[StandardFields.LifecycleStage] is { } stage
                ? policy.LifecycleStages.Add(stage)
                : [],
        },
        PlanChange.ListsDropped when !policy.Lists.IsEmpty => policy with { Lists = [] },
        PlanChange.ActivityDropped when policy.Activity is not null => policy with { Activity = null },
        PlanChange.KindTaken => policy with { TakesCompanies = true, TakesDeals = true },
        PlanChange.ReviewEnded when policy.IsUnderReview => policy with { IsUnderReview = false },
        PlanChange.DuplicatesMerged when policy.Duplicates != DuplicateRule.Merge =>
            policy with { Duplicates = DuplicateRule.Merge },
        PlanChange.TwoWay when policy.Mode != SyncMode.TwoWay => policy with { Mode = SyncMode.TwoWay },
        _ => null,
    };
}
