using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Journal;
using HubSpotSync.Portal.Words;

namespace HubSpotSync.Portal.Why;

/// <summary>A rule that was asked: what it is about, what was seen, and where that led.</summary>
/// <param name="Decides">Here it ended.</param>
/// <param name="IsGood">It is, or may be, synced as far as this rule goes.</param>
internal sealed record WhyStep(string Rule, string Seen, bool Decides, bool IsGood);

/// <summary>Why a record is where it is, and what would change that. The planner's own answer, in words.</summary>
internal sealed record Explanation(IReadOnlyList<WhyStep> Steps, IReadOnlyList<string> Otherwise)
{
    /// <summary>
    /// The last look ended otherwise than one of now would: the rules or the record have changed since.
    /// </summary>
    public bool IsAhead { get; init; }

    public static Explanation Of(Standing standing, Func<long, string> listName, DateTimeOffset now)
    {
        if (standing.Outcome is { } gone && PhaseOf(gone.Reason) == Phase.Absent)
        {
            return new Explanation(
                [new WhyStep("In HubSpot", WhyWords.Absent(gone.Reason), Decides: true, IsGood: false)],
                WhyWords.IfPresent(gone.Reason));
        }

        var pair = LookMemory.PairOf(standing, now);
        var explained = SyncPlanner.Explain(pair, standing.Policy, now);
        var words = new WhyWords(standing, pair, listName);
        var steps = explained.Steps
            .Where(step => step.Holds
                || step.Rule is not (PlanRule.SetApart or PlanRule.LeftOut or PlanRule.WantedApart))
            .Select(words.Say)
            .ToList();
        var otherwise = WhatIf.Syncs(pair, standing.Policy, now).Select(words.Otherwise).Distinct().ToList();
        if (standing.Outcome is not { } outcome)
        {
            return new Explanation(steps, otherwise);
        }

        return explained.Syncs && PhaseOf(outcome.Reason) == Phase.Writing
            ? new Explanation([.. steps.SkipLast(1), WhyWords.Writing(outcome)], [WhyWords.IfWritable(outcome)])
            : new Explanation(steps, otherwise) { IsAhead = ReasonOf(explained.Plan) != Planned(outcome.Reason) };
    }

    private static OutcomeReason ReasonOf(RecordPlan plan) => plan switch
    {
        RecordPlan.Excluded excluded => excluded.Reason,
        RecordPlan.ArchiveLocal archive => archive.Reason,
        RecordPlan.NeedsReview review => review.Reason,
        _ => OutcomeReason.Agreed,
    };

    /// <summary>What the planner called it.</summary>
    private static OutcomeReason Planned(OutcomeReason reason) => reason switch
    {
        OutcomeReason.MergedHere => OutcomeReason.ArchivedHere,
        _ when PhaseOf(reason) == Phase.Writing => OutcomeReason.Agreed,
        _ => reason,
    };

    private static Phase PhaseOf(OutcomeReason reason) => reason switch
    {
        OutcomeReason.ArchivedInHubSpot or OutcomeReason.GoneFromHubSpot or OutcomeReason.Erased =>
            Phase.Absent,
        OutcomeReason.RefusedByHubSpot or OutcomeReason.EmailTakenHere or OutcomeReason.MovedMeanwhile
            or OutcomeReason.EmailTakenInHubSpot or OutcomeReason.ValueNotMapped or OutcomeReason.AwaitsDecision
            or OutcomeReason.AwaitsAnswer or OutcomeReason.ErrorOfOurs => Phase.Writing,
        _ => Phase.Planned,
    };

    /// <summary>Where a look ended: with nothing to plan for, by the plan, or when it was carried out.</summary>
    private enum Phase
    {
        Absent,
        Planned,
        Writing,
    }
}
