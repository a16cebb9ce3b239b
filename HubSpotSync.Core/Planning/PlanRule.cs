namespace HubSpotSync.Core.Planning;

/// <summary>What the planner asks about a record; each rule only where those before have not decided.</summary>
public enum PlanRule
{
    /// <summary>Do the admin's rules leave records of this kind in HubSpot?</summary>
    KindStaysThere,

    /// <summary>Did a person take it out of the sync?</summary>
    SetApart,

    /// <summary>Is its lifecycle stage none of those that are taken?</summary>
    StageOut,

    /// <summary>Was it known here first, so that lists and activity don't matter?</summary>
    MadeHere,
    ListOut,
    ActivityOut,

    /// <summary>May it be several records here?</summary>
    SeveralMatches,

    /// <summary>Were the two linked before?</summary>
    LinkedBefore,

    /// <summary>Did a person archive the record here?</summary>
    ArchivedHere,

    /// <summary>Did a person leave it out before it came?</summary>
    LeftOut,

    /// <summary>Does a person want it as a record of its own?</summary>
    WantedApart,

    /// <summary>Is nobody here whom it could be?</summary>
    NobodyHere,

    /// <summary>Does nobody come whom only HubSpot has?</summary>
    OnlyOurs,

    /// <summary>Is everything held back until a person has decided?</summary>
    UnderReview,

    /// <summary>Is a person asked about whoever is here already?</summary>
    DuplicateAsks,

    /// <summary>Is whoever is here already left out?</summary>
    DuplicateLeftOut,

    /// <summary>Is nothing of this kind written to HubSpot?</summary>
    NothingGoesThere,

    /// <summary>Could nobody tell in HubSpot who it is?</summary>
    Nameless,

    /// <summary>Nothing stands against it: the two sides are compared, or the missing one is made.</summary>
    Syncs,
}

/// <summary>A rule that was asked of a record.</summary>
/// <param name="Holds">What the rule asks is so.</param>
/// <param name="Decides">With it the plan was made; it is the last step then.</param>
public readonly record struct PlanStep(PlanRule Rule, bool Holds, bool Decides);

/// <summary>A plan with the rules that led to it, in the order in which they were asked.</summary>
public sealed record ExplainedPlan(RecordPlan Plan, IReadOnlyList<PlanStep> Steps)
{
    /// <summary>Whether the record is, or hereby becomes, the same on both sides.</summary>
    public bool Syncs => Steps is [.., { Rule: PlanRule.Syncs }];
}
