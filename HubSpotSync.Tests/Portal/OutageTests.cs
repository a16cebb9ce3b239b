using System.Net;
using HubSpotSync.Data.Identity;
using HubSpotSync.LocalStack.Servers;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal;

public sealed class OutageTests
{
    [Fact]
    public async Task Postgres_that_is_away_is_said_in_plain_words_and_the_portal_comes_back_by_itself()
    {
        await using var postgres = await PostgresServer.StartAsync(
            Servers.Folder("postgres"),
            TestContext.Current.CancellationToken);
        await using var portal = await PortalHost.StartOnAsync(await TestDatabase.CreateOnAsync(postgres));
        await portal.AddUserOfEachRoleAsync();
        var member = await portal.AsAsync(WorkspaceRole.Member);
        using var nobody = portal.Browser();
        var form = await nobody.OpenAsync("/signin");

        // A throw-away server writes later, and would forget its schema.
        await portal.Database.ExecuteAsync("checkpoint");
        await postgres.KillAsync();
        var page = await member.GetAsync("/customers");
        var program = await member.GetAsync("/api/hubspot/status");
        var health = await member.GetAsync("/health");
        var alive = await member.GetAsync("/alive");
        var sent = await nobody.SubmitAsync(form, "Sign in", ("Email", "x.canary@portal.example"), ("Password", "x"));
        var script = await member.GetAsync("/js/theme.js");
        await postgres.StartAgainAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
        Assert.Equal("The database does not answer right now", page.Heading);
        Assert.Equal("5", page.Html.QuerySelector("meta[http-equiv=refresh]")?.GetAttribute("content"));
        Assert.Equal("5", page.Header("Retry-After"));
        Assert.Contains("default-src 'none'", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, program.Status);
        Assert.Equal("database_away", program.Json.GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.Status);
        Assert.Equal("Unhealthy", health.Json.GetProperty("status").GetString());
        Assert.Equal(HttpStatusCode.OK, alive.Status);
        Assert.Equal(HttpStatusCode.OK, script.Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, sent.Status);
        Assert.Null(sent.Html.QuerySelector("meta[http-equiv=refresh]")); // a form is not sent again by itself
        Assert.DoesNotContain("hubspotsync_app", page.Text, StringComparison.Ordinal);
        await Eventually.SeeAsync(
            () => member.GetAsync("/customers"),
            answer => answer.Status == HttpStatusCode.OK,
            TimeSpan.FromSeconds(20),
            "the page to come back");
    }

    [Fact]
    public async Task A_portal_that_starts_before_its_database_says_so_and_then_works()
    {
        await using var postgres = await PostgresServer.StartAsync(
            Servers.Folder("postgres"),
            TestContext.Current.CancellationToken);
        var database = await TestDatabase.CreateOnAsync(postgres);
        await using var portal = await PortalHost.StartOnAsync(database);
        using var browser = portal.Browser();

        // A throw-away server writes later, and would forget its schema.
        await portal.Database.ExecuteAsync("checkpoint");
        await postgres.KillAsync();
        var away = await browser.GetAsync("/");
        await postgres.StartAgainAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, away.Status);
        await Eventually.SeeAsync(
            () => browser.GetAsync("/"),
            answer => answer.Location == "/welcome",
            TimeSpan.FromSeconds(20),
            "the portal to work");
    }

    [Fact]
    public async Task Redis_that_is_away_changes_no_page()
    {
        await using var portal = await PortalHost.StartAsync(("ConnectionStrings:redis", "localhost:1"));
        await portal.AddUserOfEachRoleAsync();
        await portal.AddConnectionAsync();
        var owner = await portal.AsAsync(WorkspaceRole.Owner);

        foreach (var rule in EndpointTable.Pages)
        {
            Assert.True((int)(await owner.GetAsync(rule.Address)).Status < 500, rule.Route);
        }
    }
}
