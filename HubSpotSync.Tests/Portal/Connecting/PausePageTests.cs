using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Connecting;

public sealed class PausePageTests : IAsyncLifetime
{
    private const string Overview = "/settings/integrations/hubspot";

    private PortalHost _portal = null!; // set before each test
    private PageClient _admin = null!; // likewise

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.BorrowAsync();
        await _portal.AddUserOfEachRoleAsync();
        await _portal.AddConnectionAsync();
        await _portal.Database.ExecuteAsync("update hubspot_connections set first_run_done_at = now()");
        _admin = await _portal.AsAsync(WorkspaceRole.Admin);
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Pausing_keeps_everything_and_resuming_asks_for_what_changed_meanwhile()
    {
        var epoch = await EpochAsync();

        var paused = await _admin.FollowAsync(await _admin.SubmitAsync(await _admin.GetAsync(Overview), "Pause"));
        var card = await _admin.GetAsync("/settings/integrations");
        var viewer = await (await _portal.AsAsync(WorkspaceRole.Viewer)).GetAsync(Overview);

        Assert.Equal("Syncing is paused", paused.Heading);
        Assert.Contains("Paused since", paused.Words, StringComparison.Ordinal);
        Assert.Contains("Paused", card.All(".chip"));
        Assert.DoesNotContain(viewer.All("button"), button => button == "Resume");
        Assert.Equal(epoch + 1, await EpochAsync());

        var resumed = await _admin.FollowAsync(await _admin.SubmitAsync(paused, "Resume"));

        Assert.Equal("Syncing with HubSpot", resumed.Heading);
        Assert.Equal(1, await _portal.Database.ScalarAsync<long>(
            "select count(*) from sync_runs where state = 'Waiting' and depth = 'Changes'"));
        Assert.Equal(["hubspot.paused", "hubspot.resumed"], await _portal.Database.ListAsync<string>(
            "select action from audit_log order by id"));
    }

    [Fact]
    public async Task Reconciling_looks_at_every_record()
    {
        var answer = await _admin.SubmitAsync(await _admin.GetAsync(Overview), "Reconcile now");

        Assert.Equal(Overview, answer.Location);
        Assert.Equal(1, await _portal.Database.ScalarAsync<long>(
            "select count(*) from sync_runs where trigger = 'Manual' and depth = 'Full'"));
    }

    private Task<long> EpochAsync() =>
        _portal.Database.ScalarAsync<long>("select epoch from hubspot_connections");
}
