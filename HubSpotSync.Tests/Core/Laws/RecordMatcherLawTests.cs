using HubSpotSync.Core.Matching;

namespace HubSpotSync.Tests.Core.Laws;

public sealed class RecordMatcherLawTests
{
    [Fact]
    public void The_first_thing_that_finds_anybody_decides() => Law.Holds(MatchCase.Any, one =>
    {
        var found = one.Match();
        return one.InOrder().FirstOrDefault(step => step.Found.Count > 0) switch
        {
            (_, null) => found is MatchResult.None,
            (var by, { Count: 1 } ids) => found is MatchResult.Matched matched
                && matched.By == by && ids.Contains(matched.LocalId),
            (_, var ids) => found is MatchResult.Ambiguous several && ids.SetEquals(several.LocalIds),
        };
    });

    [Fact]
    public void The_order_of_the_candidates_says_nothing() => Law.Holds(MatchCase.Any, one =>
        (one.Match(), one.Reversed().Match()) switch
        {
            (MatchResult.Ambiguous here, MatchResult.Ambiguous there) =>
                here.LocalIds.ToHashSet().SetEquals(there.LocalIds),
            var (here, there) => here == there,
        });

    [Fact]
    public void Who_is_linked_to_another_is_found_by_no_word_or_id_of_ours() => Law.Holds(MatchCase.Any, one =>
        one.Match() is not MatchResult.Matched { By: MatchedBy.Decision or MatchedBy.OwnId } matched
        || one.Unlinked.Contains(matched.LocalId));

    [Fact]
    public void Several_are_never_decided_between() => Law.Holds(MatchCase.Any, one =>
        one.Match() is not MatchResult.Ambiguous several
        || (several.LocalIds.Length > 1 && several.LocalIds.Distinct().Count() == several.LocalIds.Length));
}
