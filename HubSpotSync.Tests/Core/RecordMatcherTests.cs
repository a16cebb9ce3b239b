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
            matcher.Match(Keys("b@example.com")));
    }

    [Fact]
    public void The_primary_address_comes_before_secondary_ones()
    {
        var matcher = Matcher([], [("a@example.com", Ada), ("b@example.com", Bob)]);

        Assert.Equal(
            new MatchResult.Matched(Ada, MatchedBy.Email),
            matcher.Match(Keys("a@example.com", "b@example.com")));
        Assert.Equal(
            new MatchResult.Matched(Bob, MatchedBy.SecondaryEmail),
            matcher.Match(Keys("x@example.com", "b@example.com")));
    }

    [Fact]
    public void Several_holders_of_an_address_are_left_to_a_person()
    {
        var matcher = Matcher([], [("a@example.com", Ada), ("a@example.com", Bob)]);

        var match = Assert.IsType<MatchResult.Ambiguous>(matcher.Match(Keys("a@example.com")));
        Assert.Equal([Ada, Bob], match.LocalIds);
    }

    [Fact]
    public void No_address_finds_nobody() =>
        Assert.IsType<MatchResult.None>(Matcher([], [("a@example.com", Ada)]).Match(Keys(null)));

    [Fact]
    public void A_person_s_word_comes_before_every_address_and_after_the_link()
    {
        var matcher = Matcher([(1, Ada)], [("b@example.com", Bob)]);

        Assert.Equal(
            new MatchResult.Matched(Ada, MatchedBy.Link),
            matcher.Match(Keys("b@example.com") with { Decided = Bob }));
        Assert.Equal(
            new MatchResult.Matched(Bob, MatchedBy.Decision),
            matcher.Match(Keys("other@example.com") with { HubSpotId = 2, Decided = Bob }));
    }

    [Fact]
    public void The_chosen_unique_property_is_asked_last()
    {
        var matcher = new RecordMatcher(
            new Dictionary<long, Guid>(), new[] { ("a@example.com", Ada) }.ToLookup(key => key.Item1, key => key.Item2))
        {
            Uniques = new[] { ("C-7", Bob) }.ToLookup(key => key.Item1, key => key.Item2),
        };

        Assert.Equal(
            new MatchResult.Matched(Ada, MatchedBy.Email),
            matcher.Match(Keys("a@example.com") with { Unique = "C-7" }));
        Assert.Equal(
            new MatchResult.Matched(Bob, MatchedBy.UniqueProperty),
            matcher.Match(Keys("new@example.com") with { Unique = "C-7" }));
    }

    private static MatchKeys Keys(string? email, params string[] further) =>
        new(1, email, MatchedBy.Email) { SecondaryKeys = further };

    private static RecordMatcher Matcher((long Id, Guid Local)[] links, (string Key, Guid Local)[] keys) => new(
        links.ToDictionary(link => link.Id, link => link.Local), keys.ToLookup(key => key.Key, key => key.Local))
    {
        Unlinked = new HashSet<Guid> { Bob },
    };
}
