using System.Net;
using HubSpotSync.Data.Identity;
using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal;

/// <summary>What every page says of a run while it is on.</summary>
public sealed class StripTests : IAsyncLifetime
{
    private const string Stop = "/settings/integrations/hubspot/run?handler=Stop";

    private PortalHost _portal = null!; // set before each test
    private Guid _connection;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.BorrowAsync();
        await _portal.AddUserOfEachRoleAsync();
        _connection = await _portal.AddConnectionAsync();
        await _portal.Database.ExecuteAsync("update hubspot_connections set first_run_done_at = now()");
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Every_page_shows_the_run_that_is_on_and_none_shows_one_when_there_is_none()
    {
        var admin = await _portal.AsAsync(WorkspaceRole.Owner);
        var pages = EndpointTable.Pages.Where(rule => rule.Needs is not null).Select(rule => rule.Address).ToList();
        foreach (var address in pages)
        {
            Assert.Empty((await admin.GetAsync(address)).All("[data-run]"));
        }

        var run = await _portal.AddRunAsync(_connection, total: 200, processed: 50);
        foreach (var address in pages)
        {
            var page = await admin.GetAsync(address);
            var isPage = page.Status == HttpStatusCode.OK
                && page.Header("Content-Type")?.StartsWith("text/html", StringComparison.Ordinal) == true
                && page.Html.QuerySelector("main") is not null;
            Assert.True(!isPage || page.Html.QuerySelector($"[data-run='{run}']") is not null, address);
        }
    }

    [Fact]
    public async Task The_strip_says_how_far_how_fast_and_what_was_done_whichever_worker_has_the_run()
    {
        var run = await _portal.AddRunAsync(_connection, total: 4000, processed: 1000);
        await _portal.Database.ExecuteAsync(
            $"""
            update sync_runs set created = 900, unchanged = 90, failed = 10, lease_owner = 'first',
              started_at = now() - interval '100 seconds', wait_reason = 'Waiting for HubSpot''s limit',
              wait_until = now() + interval '50 seconds'
            """);
        var viewer = await _portal.AsAsync(WorkspaceRole.Viewer);
        var before = await viewer.GetAsync("/customers");
        await _portal.Database.ExecuteAsync("update sync_runs set lease_owner = 'second', attempts = 1");
        var after = await viewer.GetAsync("/companies");

        foreach (var page in new[] { before, after })
        {
            Assert.Equal($"{run}", page.Html.QuerySelector(".strip")?.GetAttribute("data-run"));
            Assert.Equal(["25 %"], page.All(".strip-percent"));
            Assert.Equal(["1,000 of 4,000 records"], page.All(".strip [data-run-text=amount]"));
            Assert.Matches("^(9|10) a second, about 5 minutes left$", page.All(".strip [data-run-text=pace]").Single());
            Assert.Equal(["900 new here, 90 already the same, 10 need you"], page.All(".strip-done"));
            Assert.Matches(@"^Waiting for HubSpot's limit\. We go on in \d+ s\.$", page.All(".strip-wait").Single());
        }
    }

    [Fact]
    public async Task Whoever_may_stops_the_run_from_any_page_and_is_told_what_was_done()
    {
        await _portal.AddRunAsync(_connection, total: 200, processed: 50);
        var admin = await _portal.AsAsync(WorkspaceRole.Admin);
        var member = await _portal.AsAsync(WorkspaceRole.Member);
        var refused = await member.PostWithTokenAsync(Stop);
        var page = await admin.GetAsync("/customers");

        await admin.SubmitAsync(page, "Stop");
        var stopping = await admin.GetAsync("/customers");
        await _portal.Database.ExecuteAsync(
            "update sync_runs set state = 'Cancelled', finished_at = now(), created = 50, processed = 50");
        var events = await admin.GetAsync($"/api/hubspot/runs/{await RunAsync()}/events");

        Assert.Empty((await member.GetAsync("/customers")).All("[data-run-stop]"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Equal(["Stopping after this page of records"], stopping.All(".strip-headline"));
        Assert.True(stopping.Html.QuerySelector("[data-run-stop]")?.HasAttribute("disabled"));
        Assert.Contains("\"amount\":\"50 records done before\"", events.Text, StringComparison.Ordinal);
        Assert.Contains("\"done\":\"50 new here\"", events.Text, StringComparison.Ordinal);
        Assert.Empty((await admin.GetAsync("/customers")).All(".strip"));
    }

    [Fact]
    public async Task Stopping_from_a_live_page_leaves_the_page_where_it_is()
    {
        await _portal.AddRunAsync(_connection, RunState.Running);
        var admin = await _portal.AsAsync(WorkspaceRole.Admin);
        var page = await admin.GetAsync("/customers");
        var field = page.Html.QuerySelector("input[name=__RequestVerificationToken]")!; // every form has one
        using var form = new FormUrlEncodedContent(
            [KeyValuePair.Create("__RequestVerificationToken", field.GetAttribute("value")!)]); // likewise

        var answer = await admin.SendAsync(HttpMethod.Post, Stop, form, [("HX-Request", "true")]);

        Assert.Equal(HttpStatusCode.NoContent, answer.Status);
        Assert.True(await _portal.Database.ScalarAsync<bool>("select cancel_requested from sync_runs"));
    }

    private Task<Guid> RunAsync() => _portal.Database.ScalarAsync<Guid>("select id from sync_runs");
}
