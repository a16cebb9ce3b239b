using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Matching;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Journal;
using HubSpotSync.Portal.Why;

namespace HubSpotSync.Portal.Words;

/// <summary>The planner's rules in plain words, with what was seen of one record.</summary>
internal sealed class WhyWords(Standing standing, PairState pair, Func<long, string> listName)
{
    private readonly SyncPolicy _policy = standing.Policy;

    public WhyStep Say(PlanStep step)
    {
        var (rule, seen) = (step.Rule, step.Holds) switch
        {
            (PlanRule.KindStaysThere, var stays) => ("Kind of record", stays
                ? $"Your rules leave {Kinds()} in HubSpot."
                : $"Your rules bring {Kinds()}."),
            (PlanRule.SetApart, _) => ("Detached", "Somebody detached it from HubSpot."),
            (PlanRule.StageOut, _) => ("Lifecycle stage", Stage()),
            (PlanRule.MadeHere, var isHere) => ("Where it was first", isHere
                ? "Here, so lists and activity in HubSpot are not asked."
                : "In HubSpot, so your filters are asked."),
            (PlanRule.ListOut, var isOut) => ("HubSpot lists", isOut
                ? $"It is in none of the lists that you chose: {Lists("or")}."
                : $"It is in a list that you chose: {Numbers.List(standing.InLists.Select(listName).ToList())}."),
            (PlanRule.ActivityOut, var isOut) => ("Activity", Activity(isOut)),
            (PlanRule.SeveralMatches, var are) => ("Who it is here", are
                ? "Several records here may be it, and only a person can say which."
                : "One record here at most may be it."),
            (PlanRule.LinkedBefore, var isLinked) => ("Linked", isLinked
                ? "The two are linked, so no address has to match."
                : "The two were never linked."),
            (PlanRule.ArchivedHere, var isArchived) => ("Archived here", isArchived
                ? "Somebody archived it here, and HubSpot does not bring it back."
                : "It is not archived."),
            (PlanRule.LeftOut, _) => ("Import review", "Somebody left it out."),
            (PlanRule.WantedApart, _) => ("Import review", "Somebody wants it as a record of its own."),
            (PlanRule.NobodyHere, var isNobody) => ("Known here", isNobody
                ? "Nobody here has its address."
                : $"{standing.Local?.Name ?? "Somebody"} here has its address."),
            (PlanRule.OnlyOurs, _) => ("Mode", ConnectionWords.Mode(_policy.Mode) + "."),
            (PlanRule.UnderReview, var isOpen) => ("Import review", isOpen
                ? "It is open, and nobody has decided about this record."
                : "It holds nothing back."),
            (PlanRule.DuplicateAsks or PlanRule.DuplicateLeftOut, _) =>
                ("Somebody is here already", $"Your rule is {RuleWords.Duplicates(_policy.Duplicates)}."),
            (PlanRule.NothingGoesThere, var stays) => ("Mode", stays
                ? standing.Kind == RecordKind.Contact
                    ? "HubSpot is the source of truth, and nothing is written there."
                    : $"{FieldWords.Kind(standing.Kind)} come from HubSpot and are never sent there."
                : "Customers here are created in HubSpot."),
            (PlanRule.Nameless, var isNameless) => ("Something to know it by", isNameless
                ? "It has neither an e-mail nor a name."
                : "It has an e-mail or a name."),
            _ => ("Result", Result()),
        };
        return new WhyStep(rule, seen, step.Decides, IsGood: !step.Decides || step.Rule == PlanRule.Syncs);
    }

    /// <summary>The plan was to sync it, and something stood in the way.</summary>
    public static WhyStep Writing(RecordOutcome outcome) =>
        new("Writing it", ReasonWords.Short(outcome.Reason) + ".", Decides: true, IsGood: false);

    /// <summary>"its stage in HubSpot became Customer".</summary>
    public string Otherwise(IReadOnlyList<PlanChange> changes) => Numbers.List(changes.Select(Change).ToList());

    public static string Absent(OutcomeReason reason) => reason switch
    {
        OutcomeReason.ArchivedInHubSpot => "It was deleted there and can still be restored.",
        OutcomeReason.Erased => "HubSpot was told to forget this person.",
        _ => "It was deleted there for good.",
    };

    public static IReadOnlyList<string> IfPresent(OutcomeReason reason) =>
        reason == OutcomeReason.ArchivedInHubSpot ? ["somebody restored it in HubSpot"] : [];

    public static string IfWritable(RecordOutcome outcome) => outcome.Reason switch
    {
        OutcomeReason.RefusedByHubSpot => "the value that HubSpot refuses were corrected",
        OutcomeReason.EmailTakenHere or OutcomeReason.EmailTakenInHubSpot =>
            "one of the two with the same e-mail were changed or merged",
        OutcomeReason.ValueNotMapped => "the value were added to the field's value table",
        OutcomeReason.AwaitsDecision => "somebody chose one of the two values below",
        OutcomeReason.ErrorOfOurs => "a look at it went without an error; it gets looks by itself",
        _ => "the next look found it at rest; it comes by itself",
    };

    private string Change(PlanChange change) => change switch
    {
        PlanChange.StageMoves => $"its stage in HubSpot became {Numbers.List(Stages(), "or")}",
        PlanChange.StageTaken => StageOf() is null
            ? "your rules took contacts without a stage, which is to take every stage"
            : $"you added {Label(StageOf())} to the stages of your rules",
        PlanChange.ListJoined => $"it were put into {Lists("or")} in HubSpot",
        PlanChange.ListsDropped => "your rules asked for no list",
        PlanChange.ActivityTurns => _policy.Activity is { IsActive: true }
            ? "something happened with it in HubSpot: a note, call, e-mail, meeting or task"
            : $"nothing happened with it in HubSpot for {Numbers.Of(_policy.Activity?.Days ?? 0, "day")}",
        PlanChange.ActivityDropped => "your rules did not ask for activity",
        PlanChange.KindTaken => $"you switched {Kinds()} on in your rules",
        PlanChange.TakenBack => "somebody attached it again",
        PlanChange.Restored => "it were restored here",
        PlanChange.MatchesMerged => "the records here that may be it were merged, or told apart by their e-mail",
        PlanChange.LetIn => "somebody let it in, in the import review",
        PlanChange.ReviewEnded => "the import review ended",
        PlanChange.DuplicatesMerged => "your rule for who is here already were Merge",
        PlanChange.AddedHere => "a customer with its e-mail were added here",
        PlanChange.TwoWay => "your mode were Two-way",
        _ => "it had an e-mail or a name",
    };

    private string Stage()
    {
        var taken = Stages();
        var its = StageOf() is null ? "It has none" : $"It is {Label(StageOf())}";
        return taken.Count == 0 ? $"{its}, and your rules take every stage."
            : $"{its}, and your rules take {Numbers.List(taken)}.";
    }

    private string Activity(bool isOut)
    {
        var filter = _policy.Activity!; // the rule is asked only where there is one
        var rule = $"Your rules take contacts {RuleWords.Activity(filter.IsActive, filter.Days)}";
        return isOut == filter.IsActive
            ? $"{rule}; nothing happened with it in HubSpot, as far as the last look saw."
            : $"{rule}; something happened with it in HubSpot, as far as the last look saw.";
    }

    private string Result() => (pair.Local, pair.HubSpot, pair.Match) switch
    {
        (null, _, _) => "Nothing stands against it: it is created here.",
        (_, null, _) => "Nothing stands against it: it is created in HubSpot.",
        (_, _, MatchResult.Matched { By: MatchedBy.Link }) =>
            "Nothing stands against it: each field is kept in step by its own rule.",
        _ => "Nothing stands against it: the two become one.",
    };

    private string? StageOf() => pair.HubSpot?[StandardFields.LifecycleStage];

    private List<string> Stages() => standing.Connection.LifecycleStages.Select(Label).ToList();

    private string Label(string? stage) => StageWords.Label(stage, standing.Connection);

    private string Lists(string joint) => Numbers.List(_policy.Lists.Order().Select(listName).ToList(), joint);

    private string Kinds() => FieldWords.Kind(standing.Kind).ToLowerInvariant();
}
