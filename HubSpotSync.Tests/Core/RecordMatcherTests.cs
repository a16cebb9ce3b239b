using HubSpotSync.Core.Matching;

namespace HubSpotSync.Tests.Core;

public sealed class RecordMatcherTests
{
    private static readonly Guid Ada = Guid.NewGuid();
    private static readonly Guid Bob = Guid.NewGuid();

    [Fact]
    public void A_link_decides_before_any_address()
    {
        var matcher = Matcher([(1, Ada)], [("b@example.com", Bob)]);

        Assert.Equal(
            new MatchResult.Matched(Ada, MatchedBy.Link),
            matcher.Match(1, "b@example.com", MatchedBy.Email, []));
    }

    [Fact]
    public void The_primary_address_comes_before_secondary_ones()
    {
        var matcher = Matcher([], [("a@example.com", Ada), ("b@example.com", Bob)]);

        Assert.Equal(
            new MatchResult.Matched(Ada, MatchedBy.Email),
            matcher.Match(1, "a@example.com", MatchedBy.Email, ["b@example.com"]));
        Assert.Equal(
            new MatchResult.Matched(Bob, MatchedBy.SecondaryEmail),
            matcher.Match(1, "x@example.com", MatchedBy.Email, ["b@example.com"]));
    }

    [Fact]
    public void Several_holders_of_an_address_are_left_to_a_person()
    {
        var matcher = Matcher([], [("a@example.com", Ada), ("a@example.com", Bob)]);

        var match = Assert.IsType<MatchResult.Ambiguous>(matcher.Match(1, "a@example.com", MatchedBy.Email, []));
        Assert.Equal([Ada, Bob], match.LocalIds);
    }

    [Fact]
    public void No_address_finds_nobody() =>
        Assert.IsType<MatchResult.None>(Matcher([], [("a@example.com", Ada)]).Match(1, null, MatchedBy.Email, []));

    private static RecordMatcher Matcher((long Id, Guid Local)[] links, (string Key, Guid Local)[] keys) => new(
        links.ToDictionary(link => link.Id, link => link.Local), keys.ToLookup(key => key.Key, key => key.Local));
}
