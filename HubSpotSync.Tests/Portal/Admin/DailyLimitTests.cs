using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Identity;
using HubSpotSync.Data.Journal;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Admin;

/// <summary>What HubSpot said of an account's day is shown, with when it said so.</summary>
public sealed class DailyLimitTests : IAsyncLifetime
{
    private const string Health = "/settings/integrations/hubspot/health";

    private PortalHost _portal = null!; // set before each test
    private PageClient _viewer = null!; // likewise

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.BorrowAsync();
        await _portal.AddUserOfEachRoleAsync();
        await _portal.AddConnectionAsync();
        _viewer = await _portal.AsAsync(WorkspaceRole.Viewer);
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task How_much_of_the_day_is_used_and_when_HubSpot_said_so()
    {
        await LearnAsync(650_000, 12_300, "3 minutes");

        var page = await _viewer.GetAsync(Health);
        var status = (await _viewer.GetAsync("/api/hubspot/status")).Json.GetProperty("budget").GetProperty("day");

        Assert.Contains(
            "12,300 of 650,000 requests used today, as HubSpot said 3 minutes ago", page.Words,
            StringComparison.Ordinal);
        Assert.DoesNotContain("of the day's limit is used", page.Words, StringComparison.Ordinal);
        Assert.Equal(650_000, status.GetProperty("limit").GetInt32());
        Assert.Equal(12_300, status.GetProperty("used").GetInt32());
        Assert.False(status.GetProperty("isNearlyUsed").GetBoolean());
    }

    [Fact]
    public async Task From_four_fifths_on_pages_and_API_warn()
    {
        await LearnAsync(1000, 800, "1 minute");

        var page = await _viewer.GetAsync(Health);
        var card = await _viewer.GetAsync("/settings/integrations");
        var status = (await _viewer.GetAsync("/api/hubspot/status")).Json.GetProperty("budget").GetProperty("day");

        Assert.Contains("80 % of the day's limit is used.", page.Words, StringComparison.Ordinal);
        Assert.Contains("HubSpot's limit for today is 80 % used.", card.Words, StringComparison.Ordinal);
        Assert.True(status.GetProperty("isNearlyUsed").GetBoolean());
    }

    [Fact]
    public async Task What_was_said_before_the_account_s_midnight_is_not_shown_any_more()
    {
        await _portal.Database.ExecuteAsync(
            "update hubspot_connections set access = 'Token', daily_limit = 650000, time_zone = 'Pacific/Auckland'");
        await LearnAsync(650_000, 649_999, "25 hours");

        var page = await _viewer.GetAsync(Health);
        var status = await _viewer.GetAsync("/api/hubspot/status");

        Assert.Contains(
            "HubSpot allows 650,000 requests a day and has not told yet how many are used today.", page.Words,
            StringComparison.Ordinal);
        Assert.Equal(
            System.Text.Json.JsonValueKind.Null,
            status.Json.GetProperty("budget").GetProperty("day").ValueKind);
    }

    [Fact]
    public async Task Where_HubSpot_told_of_none_the_page_says_so() => Assert.Contains(
        "HubSpot has told of no limit a day. It sets none for connections by consent.",
        (await _viewer.GetAsync(Health)).Words, StringComparison.Ordinal);

    [Fact]
    public async Task The_card_has_a_line_for_each_fact_and_one_for_health()
    {
        await _portal.AddOutcomeAsync(OutcomeState.InSync, OutcomeReason.Agreed, 1, null);
        await _portal.AddOutcomeAsync(OutcomeState.Excluded, OutcomeReason.StageNotInScope, 2, null);

        var good = await _viewer.GetAsync("/settings/integrations");
        await _portal.Database.ExecuteAsync(
            "update hubspot_connections set state = 'NeedsReconnection', state_reason = 'Access was revoked'");
        var lost = await _viewer.GetAsync("/settings/integrations");

        Assert.Equal(["Account", "Mode", "Last sync", "Next sync", "Health"], good.All(".pairs dt"));
        Assert.Equal(["Good: 1 in sync, 0 failing, 1 excluded. Health"], good.All("#hubspot-health"));
        Assert.NotNull(good.Html.QuerySelector($"#hubspot-health a[href='{Health}']"));
        Assert.Equal(["Access was revoked. 1 in sync, 0 failing, 1 excluded. Health"], lost.All("#hubspot-health"));
    }

    private Task LearnAsync(int limit, int used, string ago) => _portal.Database.ExecuteAsync(
        $"""
        insert into hubspot_day_limits (connection_id, workspace_id, day_limit, used, learnt_at)
          select id, workspace_id, {limit}, {used}, now() - interval '{ago}' from hubspot_connections;
        update hubspot_connections set time_zone = coalesce(time_zone, {MiddayZone()})
        """);

    /// <summary>A zone in which it is not just after midnight, so that minutes ago is today.</summary>
    private static string MiddayZone() =>
        TimeProvider.System.GetUtcNow().Hour is > 0 and < 23 ? "'UTC'" : "'Asia/Tokyo'";
}
