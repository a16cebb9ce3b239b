using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Matching;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Core.Scope;

namespace HubSpotSync.Tests.Core;

/// <summary>What would have to be otherwise for a record to be synced.</summary>
public sealed class WhatIfTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly SyncPolicy Rules = new(SyncMode.TwoWay, ["customer"]);

    [Fact]
    public void What_syncs_needs_nothing() => Assert.Equal("", Say(Contact("customer"), Rules));

    [Fact]
    public void A_stage_may_move_or_be_taken() =>
        Assert.Equal("StageMoves | StageTaken", Say(Contact("lead"), Rules));

    [Fact]
    public void Two_filters_need_a_change_each() => Assert.Equal(
        "StageMoves+ListJoined | StageMoves+ListsDropped | StageTaken+ListJoined | StageTaken+ListsDropped",
        Say(Contact("lead"), Rules with { Lists = [7] }));

    [Fact]
    public void A_contact_that_is_not_active_may_become_so() => Assert.Equal(
        "ActivityTurns | ActivityDropped",
        Say(Contact("customer"), Rules with { Activity = new ActivityFilter(true, 30) }));

    [Fact]
    public void Whom_only_HubSpot_has_may_be_added_here() => Assert.Equal(
        "AddedHere | TwoWay", Say(Contact("customer"), Rules with { Mode = SyncMode.LocalIsSource }));

    [Fact]
    public void Under_review_a_person_lets_it_in_or_ends_the_review() => Assert.Equal(
        "LetIn | ReviewEnded", Say(Contact("customer"), Rules with { IsUnderReview = true }));

    [Fact]
    public void What_a_person_took_out_is_taken_back() =>
        Assert.Equal("TakenBack", Say(Contact("customer") with { IsSetApart = true }, Rules));

    [Fact]
    public void Of_several_matches_a_person_makes_one() => Assert.Equal(
        "MatchesMerged",
        Say(Contact("customer") with { Match = new MatchResult.Ambiguous([Guid.Empty, Guid.AllBitsSet]) }, Rules));

    [Fact]
    public void A_company_that_is_only_here_is_helped_by_nothing()
    {
        var map = Rules.MapOf(RecordKind.Company);
        var here = RecordSnapshot.OfLocal(map, new string?[map.Fields.Length], Now);

        Assert.Equal("", Say(new PairState(here, false, null, new MatchResult.None(), default), Rules));
    }

    private static PairState Contact(string stage)
    {
        var map = Rules.MapOf(RecordKind.Contact);
        var values = map.Fields.Select(field => field.Name == StandardFields.LifecycleStage ? stage : null);
        var there = RecordSnapshot.OfLocal(map, [.. values], Now);
        return new PairState(null, false, there, new MatchResult.None(), default);
    }

    private static string Say(PairState pair, SyncPolicy policy) =>
        string.Join(" | ", WhatIf.Syncs(pair, policy, Now).Select(changes => string.Join('+', changes)));
}
