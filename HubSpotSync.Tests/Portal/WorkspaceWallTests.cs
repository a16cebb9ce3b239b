using System.Net;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal;

/// <summary>Two companies on one installation see nothing of each other.</summary>
public sealed class WorkspaceWallTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    private readonly PortalHost _portal = fixture.Portal;

    [Fact]
    public async Task Records_of_another_workspace_are_not_there()
    {
        var other = await _portal.AddWorkspaceAsync("Elsewhere");
        var customer = await _portal.AddCustomerAsync(
            "Foreign",
            "Customer",
            "foreign.canary@elsewhere.example",
            "customer",
            other);
        var company = await _portal.AddCompanyAsync("Foreign Company", "elsewhere.example", other);
        var connection = await _portal.AddConnectionAsync(other, 99);
        var run = await _portal.AddRunAsync(connection);
        await _portal.AddUserAsync("owner.canary@elsewhere.example", WorkspaceRole.Owner, other);
        var here = await _portal.AsAsync(WorkspaceRole.Owner);
        using var there = await _portal.SignInAsync("owner.canary@elsewhere.example");
        string[] addresses =
        [
            $"/customers/{customer}", $"/companies/{company}", $"/settings/integrations/hubspot/history/{run}",
            $"/settings/integrations/hubspot/records/contact/l{customer}",
        ];

        foreach (var address in addresses)
        {
            var answer = await here.GetAsync(address);
            Assert.Equal(HttpStatusCode.NotFound, answer.Status);
            Assert.Equal("There is nothing here", answer.Heading);
            Assert.Equal(HttpStatusCode.OK, (await there.GetAsync(address)).Status);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await here.GetAsync($"/api/hubspot/runs/{run}/events")).Status);
        string[] lists =
        [
            "/",
            "/customers",
            "/customers?q=foreign",
            "/companies",
            "/settings/users",
            "/settings/integrations/hubspot/history",
        ];
        foreach (var list in lists)
        {
            var answer = await here.GetAsync(list);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.DoesNotContain("elsewhere.example", answer.Text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Foreign", answer.Words, StringComparison.Ordinal);
        }

        var ours = await here.GetAsync("/api/hubspot/status");
        var theirs = await there.GetAsync("/api/hubspot/status");
        Assert.Equal("Disconnected", ours.Json.GetProperty("state").GetString());
        Assert.Equal("Connected", theirs.Json.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Nobody_changes_users_or_stops_runs_of_another_workspace()
    {
        var other = await _portal.AddWorkspaceAsync("Next door");
        var id = await _portal.AddUserAsync("member.canary@nextdoor.example", WorkspaceRole.Member, other);
        var run = await _portal.AddRunAsync(await _portal.AddConnectionAsync(other, 98));
        var here = await _portal.AsAsync(WorkspaceRole.Owner);

        var role = await here.PostWithTokenAsync($"/settings/users/{id}?handler=Role", ("role", "Viewer"));
        var removal = await here.PostWithTokenAsync($"/settings/users/{id}?handler=Remove");
        await here.PostWithTokenAsync("/settings/integrations/hubspot/run?handler=Stop");
        var same = await here.PostWithTokenAsync(
            "/settings/users?handler=Invite",
            ("Input.Email", "member.canary@nextdoor.example"),
            ("Input.Role", "Viewer"));

        Assert.Equal(HttpStatusCode.NotFound, role.Status);
        Assert.Equal(HttpStatusCode.NotFound, removal.Status);
        Assert.Contains("This e-mail has an account already.", same.Words, StringComparison.Ordinal);
        Assert.Equal("Member", await _portal.Database.ScalarAsync<string>(
            $"select role from users where id = '{id}' and lockout_end is null"));
        Assert.False(await _portal.Database.ScalarAsync<bool>(
            $"select cancel_requested from sync_runs where id = '{run}'"));
    }

    [Fact]
    public async Task A_session_that_ended_does_not_get_in_the_way_of_signing_in_elsewhere()
    {
        var other = await _portal.AddWorkspaceAsync("Across the street");
        await _portal.AddUserAsync("owner.canary@across.example", WorkspaceRole.Owner, other);
        var id = await _portal.AddUserAsync("gone.canary@portal.example", WorkspaceRole.Viewer);
        using var browser = await _portal.SignInAsync("gone.canary@portal.example");
        var old = browser.Cookies["hubspotsync.session"];
        await _portal.Database.ExecuteAsync($"update users set security_stamp = 'changed' where id = '{id}'");
        var page = await browser.OpenAsync("/signin");
        browser.Plant("hubspotsync.session", old);

        var answer = await browser.SubmitAsync(
            page, "Sign in", ("Email", "owner.canary@across.example"), ("Password", PortalHost.Password));

        Assert.Equal("/", answer.Location);
        Assert.Contains("Across the street", (await browser.FollowAsync(answer)).Words, StringComparison.Ordinal);
    }
}
