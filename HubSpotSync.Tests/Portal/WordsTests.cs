using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Connections;
using HubSpotSync.HubSpotApi.OAuth;
using HubSpotSync.Portal.Words;

namespace HubSpotSync.Tests.Portal;

public sealed class WordsTests
{
    private static readonly HubSpotConnection Connection = new()
    {
        AccountName = "Northwind",
        UiDomain = "app.hubspot.com",
        LifecycleStages = ["customer", "subscriber"],
        StageOptions = [new("customer", "Customer", 5), new("lead", "Warm lead", 3)],
    };

    [Fact]
    public void Every_permission_we_ask_for_is_explained()
    {
        string[] required = [.. Enum.GetValues<SyncMode>().SelectMany(HubSpotScopes.Required)];
        string[] optional = [.. Enum.GetValues<SyncMode>().SelectMany(HubSpotScopes.Optional)];

        Assert.DoesNotContain(required.Concat(optional), scope => string.IsNullOrWhiteSpace(ScopeWords.Say(scope)));
        Assert.DoesNotContain(optional, scope => string.IsNullOrWhiteSpace(ScopeWords.SayWithout(scope)));
        Assert.DoesNotContain(HubSpotScopes.Required(SyncMode.HubSpotIsSource), ScopeWords.IsWrite);
    }

    [Fact]
    public void Every_reason_has_words_of_its_own()
    {
        var reasons = Enum.GetValues<OutcomeReason>();
        var sentences = reasons.Select(reason => ReasonWords.Say(reason, null, Connection)).ToList();

        Assert.Equal(reasons.Length, sentences.Distinct().Count());
        Assert.DoesNotContain(sentences, sentence => sentence.Contains("no words", StringComparison.Ordinal));
        Assert.All(reasons, reason => Assert.NotEqual(reason.ToString(), ReasonWords.Short(reason)));
    }

    [Fact]
    public void A_stage_outside_the_filter_says_what_would_change_it() =>
        Assert.Equal(
            "Not synced: its stage is Warm lead, and your filter takes Customer and Subscriber. "
            + "It would sync if its stage were one of these, or if you add Warm lead.",
            ReasonWords.Say(OutcomeReason.StageNotInScope, "lead", Connection));

    [Fact]
    public void A_contact_without_a_stage_is_told_apart() =>
        Assert.Contains(
            "it has no lifecycle stage",
            ReasonWords.Say(OutcomeReason.StageNotInScope, null, Connection),
            StringComparison.Ordinal);

    [Theory]
    [InlineData(4, "just now")]
    [InlineData(59, "59 seconds ago")]
    [InlineData(60, "1 minute ago")]
    [InlineData(3599, "59 minutes ago")]
    [InlineData(3600, "1 hour ago")]
    [InlineData(86400 * 3, "3 days ago")]
    [InlineData(86400 * 60, "13 Jan 2026")]
    [InlineData(-8, "in 8 s")]
    public void Times_are_said_as_people_say_them(int secondsAgo, string words) =>
        Assert.Equal(words, RelativeTime.Say(FixedClock.Noon.AddSeconds(-secondsAgo), FixedClock.Noon));

    [Fact]
    public void The_exact_time_is_of_the_workspaces_zone() =>
        Assert.Equal("14 Mar 2026, 13:00:00 Europe/Berlin", RelativeTime.Exact(FixedClock.Noon, "Europe/Berlin"));

    [Theory]
    [InlineData(1, "1 record")]
    [InlineData(3412, "3,412 records")]
    public void Numbers_have_separators_and_their_plural(int number, string words) =>
        Assert.Equal(words, Numbers.Of(number, "record"));
}
