using HubSpotSync.Core.Planning;

namespace HubSpotSync.Tests.Core.Laws;

/// <summary>What the planner says of its plans.</summary>
public sealed class ExplainedPlanLawTests
{
    [Fact]
    public void The_plan_that_is_explained_is_the_plan_that_is_made() => Law.Holds(PlanCase.Any, one =>
        Named(SyncPlanner.Explain(one.Pair, one.Policy, PlanCase.Now).Plan) == Named(one.Plan()));

    [Fact]
    public void Each_rule_is_asked_once_and_the_last_one_alone_decides() => Law.Holds(PlanCase.Any, one =>
    {
        var steps = SyncPlanner.Explain(one.Pair, one.Policy, PlanCase.Now).Steps;
        return steps.Count > 0 && steps.Select(step => step.Rule).Distinct().Count() == steps.Count
            && steps[^1].Decides && steps.SkipLast(1).All(step => !step.Decides);
    });

    [Fact]
    public void A_record_is_said_to_sync_just_where_it_does() => Law.Holds(PlanCase.Any, one =>
        SyncPlanner.Explain(one.Pair, one.Policy, PlanCase.Now).Syncs == one.Plan() switch
        {
            RecordPlan.Excluded or RecordPlan.NeedsReview or RecordPlan.ArchiveLocal => false,
            RecordPlan.Nothing => one.Pair is { Local: not null, HubSpot: not null },
            _ => true,
        });

    [Fact]
    public void Whom_a_person_set_apart_is_neither_created_nor_updated() => Law.Holds(PlanCase.Any, one =>
        one.Pair.HubSpot is null
        || SyncPlanner.Plan(one.Pair with { IsSetApart = true }, one.Policy, PlanCase.Now) is RecordPlan.Excluded);

    private static string Named(RecordPlan plan) => plan switch
    {
        RecordPlan.Update update => $"Update {update.By} {update.Revives} {update.Merge.LocalPatch.Length}",
        _ => $"{plan}",
    };
}
