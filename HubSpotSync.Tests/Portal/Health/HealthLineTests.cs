using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Journal;
using HubSpotSync.Data.Runs;
using HubSpotSync.Portal.Health;

namespace HubSpotSync.Tests.Portal.Health;

/// <summary>How the sync is in one sentence: good with its numbers, or what is wrong before them.</summary>
public sealed class HealthLineTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    private static readonly OutcomeCount[] Usual =
    [
        new("InSync", "Contact", "Agreed", null, 4980), new("Failing", "Contact", "SeveralMatches", null, 12),
        new("Excluded", "Contact", "StageNotInScope", null, 8),
    ];

    [Fact]
    public void Good_says_the_three_numbers() => Assert.Equal(
        (true, "Good: 4,980 in sync, 12 failing, 8 excluded"), Say(Connected()));

    [Fact]
    public void Before_anything_was_synced_nothing_is_wrong() => Assert.Equal(
        (true, "Good: nothing is synced yet"), Say(Connected(), []));

    [Fact]
    public void Where_one_in_ten_fails_the_most_frequent_cause_comes_first()
    {
        OutcomeCount[] counts =
        [
            new("InSync", "Contact", "Agreed", null, 90), new("Failing", "Contact", "SeveralMatches", null, 3),
            new("Failing", "Contact", "EmailTakenHere", null, 7),
        ];

        Assert.Equal(
            (false, "Many records fail, most of them with \"E-mail taken here\". 90 in sync, 10 failing, 0 excluded"),
            Say(Connected(), counts));
    }

    [Theory]
    [InlineData(ConnectionState.NeedsReconnection, "Access was revoked", "Access was revoked.")]
    [InlineData(ConnectionState.NeedsReconnection, null, "HubSpot no longer accepts our connection.")]
    [InlineData(ConnectionState.Paused, null, "Somebody paused it; nothing is written until it is resumed.")]
    [InlineData(ConnectionState.Disconnecting, null, "Somebody disconnected it; the last steps are under way.")]
    public void A_connection_that_does_not_work_comes_before_the_numbers(
        ConnectionState state, string? reason, string said)
    {
        var connection = Connected();
        connection.Become(state, reason, Now);

        Assert.Equal((false, $"{said} 4,980 in sync, 12 failing, 8 excluded"), Say(connection));
    }

    [Fact]
    public void What_the_engine_stopped_at_comes_first()
    {
        var connection = Connected();
        connection.SafetyHalt = "412 of 3,000 customers would be blanked";

        Assert.StartsWith(
            "Stopped before anything was written: 412 of 3,000 customers would be blanked. 4,980",
            Say(connection).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_failed_says_why() => Assert.StartsWith(
        "The last sync failed: HubSpot did not answer for a day. 4,980",
        Say(Connected(), latest: new SyncRun
        {
            State = RunState.Failed,
            LastError = "HubSpot did not answer for a day.",
        }).Text,
        StringComparison.Ordinal);

    [Fact]
    public void A_sync_that_is_overdue_is_said_unless_one_is_under_way()
    {
        var connection = Connected();
        connection.NextRunAt = Now.AddHours(-3);

        Assert.StartsWith(
            "The sync that was due 3 hours ago has not begun.", Say(connection).Text, StringComparison.Ordinal);
        Assert.True(Say(connection, latest: new SyncRun { State = RunState.Running }).IsGood);
    }

    [Theory]
    [InlineData(79_999, true)]
    [InlineData(80_000, false)]
    public void A_daily_limit_that_is_four_fifths_used_is_a_warning(int used, bool isGood) => Assert.Equal(
        isGood, Say(Connected(), day: new DailyLimit(100_000, used, Now)).IsGood);

    private static HubSpotConnection Connected() => new() { AccountName = "Northwind", UiDomain = "app.hubspot.com" };

    private static (bool IsGood, string Text) Say(
        HubSpotConnection connection, OutcomeCount[]? counts = null, SyncRun? latest = null, DailyLimit? day = null)
    {
        var line = HealthLine.Of(new HealthSigns(connection, counts ?? Usual, latest, day), Now);
        return (line.IsGood, line.Text);
    }
}
