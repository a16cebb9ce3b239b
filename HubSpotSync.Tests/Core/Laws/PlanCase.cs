using System.Collections.Immutable;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Matching;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Core.Scope;

namespace HubSpotSync.Tests.Core.Laws;

/// <summary>A record as the planner sees it, with everything it is told about it.</summary>
public sealed record PlanCase(PolicyCase Rules, PairState Pair)
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static readonly Guid Id = new(1, 0, 0, new byte[8]);
    private static readonly RecordKind[] Kinds =
        [RecordKind.Contact, RecordKind.Contact, RecordKind.Company, RecordKind.Deal];

    private static readonly string?[] Values = [null, "a", "b"];
    private static readonly string?[] Stages = ["customer", "lead", null];
    private static readonly DateTimeOffset?[] Activities = [Now.AddDays(-3), null, Now.AddDays(-90)];

    private static readonly MatchResult[] Found =
        [.. Enum.GetValues<MatchedBy>().Select(by => new MatchResult.Matched(Id, by))];

    private static readonly MatchResult[] NotFound =
        [new MatchResult.None(), new MatchResult.Ambiguous([Id, Guid.Empty])];

    private static readonly ReviewDecision?[] Decisions =
        [null, null, null, .. Enum.GetValues<ReviewAnswer>().Select(answer => new ReviewDecision(answer, Id))];

    public SyncPolicy Policy => Rules.Policy;

    public RecordKind Kind => (Pair.HubSpot ?? Pair.Local)!.Map.Kind; // there is one of them

    public bool IsContact => Kind == RecordKind.Contact;

    public MatchedBy? By => (Pair.Match as MatchResult.Matched)?.By;

    public bool IsLinked => By is MatchedBy.Link or MatchedBy.MergedLink;

    /// <summary>Told by hand, not by the policy.</summary>
    public bool IsInScope
    {
        get
        {
            var last = Pair.Facts.LastActivityAt;
            var isActive = last >= Now.AddDays(-30);
            var stage = Pair.HubSpot![StandardFields.LifecycleStage]; // asked only of what HubSpot has
            return Kind switch
            {
                RecordKind.Company => Policy.TakesCompanies,
                RecordKind.Deal => Policy.TakesDeals,
                _ => (Policy.LifecycleStages.Count == 0
                        || (stage is not null && Policy.LifecycleStages.Contains(stage)))
                    && (Pair.IsFromHere || Policy.Lists.Count == 0 || Pair.Facts.IsInLists)
                    && (Pair.IsFromHere || Policy.Activity is null || Policy.Activity.IsActive == isActive),
            };
        }
    }

    public static PlanCase Any(Draw draw)
    {
        var rules = PolicyCase.Any(draw);
        var map = rules.Maps[draw.Of(Kinds)];
        var isHere = !draw.OneIn(3);
        var isThere = !isHere || !draw.OneIn(6);
        var match = isHere && isThere ? draw.Of(Found) : draw.Of(NotFound);
        var ancestor = Ancestor(draw, map);
        var isLinked = match is MatchResult.Matched { By: MatchedBy.Link or MatchedBy.MergedLink };
        return new PlanCase(rules, new PairState(
            isHere ? Side(draw, map, ancestor) : null,
            isHere && draw.OneIn(4),
            isThere ? Side(draw, map, ancestor) : null,
            match,
            isLinked ? MergeCase.Wrap(ancestor) : default)
        {
            Facts = new ContactFacts(draw.OneIn(2), draw.Of(Activities)),
            IsFromHere = isHere && draw.OneIn(4),
            WasArchivedForScope = isHere && draw.OneIn(2),
            Decision = draw.Of(Decisions),
        });
    }

    public RecordPlan Plan() => SyncPlanner.Plan(Pair, Policy, Now);

    public override string ToString() =>
        $"{Kind} {Pair.Match} decided {Pair.Decision} archived {Pair.LocalIsArchived}/{Pair.WasArchivedForScope} "
        + $"from here {Pair.IsFromHere} {Pair.Facts} | local {Show(Pair.Local)} | HubSpot {Show(Pair.HubSpot)} "
        + $"| ancestor {(Pair.Ancestor.IsDefault ? "never" : Show(Pair.Ancestor))} | {Rules} => {Plan()}";

    private static string Show(RecordSnapshot? side) => side is null ? "none" : Show(side.Values);

    private static string Show(ImmutableArray<string?> values) =>
        string.Join(',', values.Select(value => value ?? "-"));

    private static string?[] Ancestor(Draw draw, FieldMap map)
    {
        var values = new string?[map.Fields.Length];
        for (var i = 0; i < 4; i++)
        {
            values[draw.Below(values.Length)] = draw.Of(Values);
        }

        if (map.PositionOf(StandardFields.LifecycleStage) is var stage and >= 0)
        {
            values[stage] = draw.Of(Stages);
        }

        return values;
    }

    private static RecordSnapshot Side(Draw draw, FieldMap map, string?[] ancestor)
    {
        var values = (string?[])ancestor.Clone();
        var stage = map.PositionOf(StandardFields.LifecycleStage);
        for (var changes = draw.Below(3); changes > 0; changes--)
        {
            var at = draw.Below(values.Length);
            values[at] = at == stage ? draw.Of(Stages) : draw.Of(Values);
        }

        var clock = new DateTimeOffset?[values.Length];
        Array.Fill(clock, Now.AddSeconds(draw.Below(3)));
        return new RecordSnapshot(map, MergeCase.Wrap(values), draw.OneIn(5) ? [] : MergeCase.Wrap(clock), Now);
    }
}
