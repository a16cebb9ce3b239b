using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Matching;
using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Core.Scope;

namespace HubSpotSync.Tests.Core.Rules;

internal static class PlanRules
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Id = new(1, 0, 0, new byte[8]);

    public static void Scope(RuleRow row)
    {
        var policy = new SyncPolicy(SyncMode.TwoWay, [.. row.List("stages taken")])
        {
            Lists = row.Yes("by lists") ? [1] : [],
            Activity = row.Word("by activity") switch
            {
                "" => null,
                "active" => new ActivityFilter(true, 30),
                "inactive" => new ActivityFilter(false, 30),
                var other => throw new FormatException(other),
            },
            Leaving = row.Choice("who leaves", LeavingRule.Stay),
            TakesCompanies = row.Yes("companies come"),
            TakesDeals = row.Yes("deals come"),
        };
        var kind = row.Choice<RecordKind>("kind");
        var hubSpot = Record(policy, kind, [(StandardFields.LifecycleStage, row.Value("stage"))]);
        var isLinked = row.Yes("linked");
        var pair = new PairState(
            isLinked ? hubSpot : null, false, hubSpot,
            isLinked ? new MatchResult.Matched(Id, MatchedBy.Link) : new MatchResult.None(),
            isLinked ? hubSpot.Values : default)
        {
            IsFromHere = row.Yes("made here"),
            Facts = new ContactFacts(
                row.Yes("in a list"), row.Number("last activity, days ago") is { } days ? Now.AddDays(-days) : null),
        };
        SaysPlan(row, SyncPlanner.Plan(pair, policy, Now));
    }

    /// <summary>A city differs, or both sides agree. What was edited here is the newer.</summary>
    public static void Inward(RuleRow row)
    {
        var policy = new SyncPolicy(row.Choice<SyncMode>("mode"), [])
        {
            Duplicates = row.Choice("duplicates", DuplicateRule.Merge),
            IsUnderReview = row.Yes("under review"),
        };
        var kind = row.Choice<RecordKind>("kind");
        var there = row.Word("sides") switch { "differ" => "there", "agree" => "here", var other => other };
        var archived = row.Word("archived here");
        Assert.Contains(there, new[] { "there", "here", "" });
        Assert.Contains(archived, new[] { "", "by a person", "for its scope", "no, detached" });
        var (hubSpot, local) = (Record(policy, kind, [("city", there)]), Record(policy, kind, [("city", "here")]));
        MatchResult match = row.Word("known by") switch
        {
            "nobody" => new MatchResult.None(),
            "several" => new MatchResult.Ambiguous([Id, Guid.Empty]),
            _ => new MatchResult.Matched(Id, row.Choice<MatchedBy>("known by")),
        };
        var isLinked = match is MatchResult.Matched { By: MatchedBy.Link or MatchedBy.MergedLink };
        var before = there == "here" ? local : Record(policy, kind, [("city", "before")]);
        var pair = new PairState(
            match is MatchResult.Matched ? local : null,
            archived is "by a person" or "for its scope",
            hubSpot,
            match,
            isLinked ? before.Values : default)
        {
            WasArchivedForScope = archived == "for its scope",
            IsSetApart = archived == "no, detached",
            Decision = row.Word("decided").Length == 0
                ? null
                : new ReviewDecision(row.Choice<ReviewAnswer>("decided"), null),
        };

        var plan = SyncPlanner.Plan(pair, policy, Now);

        SaysPlan(row, plan);
        row.Says("the city becomes", plan is RecordPlan.Update update ? CityOf(update.Merge) : "");
    }

    public static void Outward(RuleRow row)
    {
        var policy = new SyncPolicy(row.Choice<SyncMode>("mode"), []) { IsUnderReview = row.Yes("under review") };
        var kind = row.Choice<RecordKind>("kind");
        var local = Record(policy, kind,
        [
            (StandardFields.Email, row.Value("e-mail")), ("first_name", row.Value("first name")),
            ("last_name", row.Value("last name")),
        ]);
        var pair = new PairState(local, row.Yes("archived here"), null, new MatchResult.None(), default);
        SaysPlan(row, SyncPlanner.Plan(pair, policy, Now));
    }

    private static void SaysPlan(RuleRow row, RecordPlan plan)
    {
        row.Says("plan", plan.GetType().Name);
        row.Says("because", plan switch
        {
            RecordPlan.Excluded excluded => $"{excluded.Reason}",
            RecordPlan.ArchiveLocal archive => $"{archive.Reason}",
            RecordPlan.NeedsReview review => $"{review.Reason}",
            RecordPlan.CreateLocal { IsApart: true } => "apart",
            RecordPlan.Update { Revives: true } => "taken back",
            _ => "",
        });
    }

    private static string CityOf(MergeResult merge) => (merge.LocalPatch.Length, merge.HubSpotPatch.Length) switch
    {
        (1, 0) => merge.LocalPatch[0].After!, // both sides have a city
        (0, 1) => merge.HubSpotPatch[0].After!, // as above
        _ => "",
    };

    private static RecordSnapshot Record(SyncPolicy policy, RecordKind kind, (string Name, string? Value)[] values)
    {
        var map = policy.MapOf(kind);
        string?[] all = [.. map.Fields.Select(field => values.SingleOrDefault(one => one.Name == field.Name).Value)];
        var isHere = values is [("city", "here")];
        return RecordSnapshot.OfLocal(map, all, Now) with
        {
            FieldClock = [.. all.Select(_ => (DateTimeOffset?)(isHere ? Now : Now.AddDays(-1)))],
        };
    }
}
