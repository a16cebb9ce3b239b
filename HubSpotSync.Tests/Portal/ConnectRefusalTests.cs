using System.Net;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal;

/// <summary>Every way in which connecting can go wrong has words of its own, and stores nothing.</summary>
public sealed class ConnectRefusalTests
{
    [Fact]
    public async Task A_consent_that_was_declined()
    {
        await using var visit = await ConnectVisit.StartAsync();

        var answer = await visit.Admin.GetAsync(await visit.DecideAsync(await visit.BeginAsync(), "deny"));

        await AssertRefusedAsync(visit, answer, "You declined in HubSpot", "access_denied");
    }

    [Theory]
    [InlineData("/hubspot/callback?code=abc")]
    [InlineData("/hubspot/callback?code=abc&state=")]
    [InlineData("/hubspot/callback?code=abc&state=made-up")]
    [InlineData("/hubspot/callback?error=access_denied")]
    [InlineData("/hubspot/callback")]
    public async Task A_state_that_is_not_ours(string path)
    {
        await using var visit = await ConnectVisit.StartAsync();
        await visit.BeginAsync();

        var answer = await visit.Admin.GetAsync(path);

        await AssertRefusedAsync(visit, answer, "We can't read this answer", "state_unreadable");
    }

    [Fact]
    public async Task The_state_of_another_user()
    {
        await using var visit = await ConnectVisit.StartAsync();
        var owner = await visit.Portal.AsAsync(WorkspaceRole.Owner);
        var back = await visit.DecideAsync(await visit.BeginAsync(browser: owner));
        visit.Admin.Plant("hubspotsync.connect", owner.Cookies["hubspotsync.connect"]);

        var answer = await visit.Admin.GetAsync(back);

        await AssertRefusedAsync(visit, answer, "This connection was begun by somebody else", "state_foreign");
    }

    [Fact]
    public async Task The_state_of_the_same_user_in_another_browser()
    {
        await using var visit = await ConnectVisit.StartAsync();
        using var other = await visit.Portal.SignInAsync(PortalHost.EmailOf(WorkspaceRole.Admin));
        var back = await visit.DecideAsync(await visit.BeginAsync(browser: other));
        await visit.BeginAsync();

        var answer = await visit.Admin.GetAsync(back);

        await AssertRefusedAsync(visit, answer, "This connection was begun by somebody else", "state_foreign");
    }

    [Fact]
    public async Task A_browser_that_kept_no_cookie()
    {
        await using var visit = await ConnectVisit.StartAsync();
        using var other = await visit.Portal.SignInAsync(PortalHost.EmailOf(WorkspaceRole.Admin));
        var back = await visit.DecideAsync(await visit.BeginAsync());

        await AssertRefusedAsync(visit, await other.GetAsync(back), "This link was used already", "state_used");
    }

    [Fact]
    public async Task A_state_that_came_back_before()
    {
        await using var visit = await ConnectVisit.StartAsync();
        var begun = await visit.BeginAsync();
        var nonce = visit.Admin.Cookies["hubspotsync.connect"];
        await visit.Admin.GetAsync(await visit.DecideAsync(begun, "deny"));
        var again = await visit.DecideAsync(begun);
        visit.Admin.Plant("hubspotsync.connect", nonce); // a browser that gives back what was taken from it

        await AssertRefusedAsync(visit, await visit.Admin.GetAsync(again), "This link was used already", "state_used");
    }

    [Fact]
    public async Task A_consent_that_took_longer_than_ten_minutes()
    {
        await using var visit = await ConnectVisit.StartAsync();
        var back = await visit.DecideAsync(await visit.BeginAsync());
        visit.Portal.Clock.Advance(TimeSpan.FromMinutes(10));

        await AssertRefusedAsync(
            visit, await visit.Admin.GetAsync(back), "That took longer than ten minutes", "state_expired");
    }

    [Fact]
    public async Task An_answer_without_a_code()
    {
        await using var visit = await ConnectVisit.StartAsync();
        var back = await visit.DecideAsync(await visit.BeginAsync(), "deny");
        var state = back[back.IndexOf("state=", StringComparison.Ordinal)..];

        var answer = await visit.Admin.GetAsync($"/hubspot/callback?{state}");

        await AssertRefusedAsync(visit, answer, "HubSpot sent no answer", "missing_code");
    }

    [Fact]
    public async Task A_code_that_was_used_already()
    {
        await using var visit = await ConnectVisit.StartAsync();
        var used = CodeOf(await visit.DecideAsync(await visit.BeginAsync(), "approve", visit.Fake.PortalId));
        var back = await visit.DecideAsync(await visit.BeginAsync());
        using (var redeemed = await visit.Fake.Http.PostAsync(
            new Uri(visit.Fake.Url, "/oauth/2026-09/token"),
            new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "authorization_code", ["client_id"] = "fake-client-id",
                ["client_secret"] = "fake-client-secret", ["code"] = used,
                ["redirect_uri"] = "http://localhost/hubspot/callback",
            }),
            TestContext.Current.CancellationToken))
        {
            Assert.Equal(HttpStatusCode.OK, redeemed.StatusCode);
        }

        var answer = await visit.Admin.GetAsync(back.Replace(CodeOf(back), used, StringComparison.Ordinal));

        await AssertRefusedAsync(visit, answer, "HubSpot no longer takes this code", "BAD_AUTH_CODE");
    }

    [Fact]
    public async Task A_wrong_app_secret()
    {
        await using var visit = await ConnectVisit.StartAsync(("HubSpot:ClientSecret", "canary-wrong-secret"));
        visit.Portal.Secrets.Add("canary-wrong-secret");

        var answer = await visit.ConnectAsync();

        await AssertRefusedAsync(
            visit,
            answer,
            "HubSpot doesn't accept this installation's app secret",
            "BAD_CLIENT_SECRET");
    }

    [Fact]
    public async Task HubSpot_out_of_reach()
    {
        await using var visit = await ConnectVisit.StartAsync();
        var back = await visit.DecideAsync(await visit.BeginAsync());
        await visit.Fake.SetUnreachableAsync(true);

        var answer = await visit.Admin.GetAsync(back);

        await AssertRefusedAsync(visit, answer, "HubSpot does not answer", "unreachable");
    }

    [Theory]
    [InlineData("/oauth/2026-09/token", 502)]
    [InlineData("/oauth/2026-09/token", 429)]
    [InlineData("/account-info", 503)]
    public async Task HubSpot_in_trouble(string path, int status)
    {
        await using var visit = await ConnectVisit.StartAsync();
        var back = await visit.DecideAsync(await visit.BeginAsync());
        await visit.Fake.AddFaultAsync(new { kind = "status", pathPrefix = path, times = 5, status });

        await AssertRefusedAsync(visit, await visit.Admin.GetAsync(back), "HubSpot does not answer", "unreachable");
    }

    [Fact]
    public async Task An_error_of_HubSpots_own()
    {
        await using var visit = await ConnectVisit.StartAsync();
        var back = await visit.DecideAsync(await visit.BeginAsync(), "deny");

        var answer = await visit.Admin.GetAsync(
            back.Replace("access_denied", "%3Cscript%3Ealert(1)%3C/script%3E", StringComparison.Ordinal));

        await AssertRefusedAsync(visit, answer, "HubSpot could not go on", "<script>alert(1)</script>");
    }

    [Fact]
    public async Task Less_permissions_than_the_mode_needs()
    {
        await using var visit = await ConnectVisit.StartAsync();
        var url = await visit.BeginAsync();
        var less = new Uri(url.AbsoluteUri.Replace("%20crm.objects.contacts.write", "", StringComparison.Ordinal));

        var answer = await visit.Admin.GetAsync(await visit.DecideAsync(less));

        await AssertRefusedAsync(visit, answer, "HubSpot granted less than this mode needs", "missing_scopes");
        Assert.Contains("Missing: crm.objects.contacts.write.", answer.Words, StringComparison.Ordinal);
    }

    private static string CodeOf(string back) =>
        System.Web.HttpUtility.ParseQueryString(new Uri($"http://localhost{back}").Query)["code"]!; // approved

    private static async Task AssertRefusedAsync(ConnectVisit visit, PageAnswer answer, string heading, string code)
    {
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(heading, answer.Heading);
        Assert.Equal([code], answer.All(".card-footer code"));
        Assert.Contains("Nothing was stored.", answer.Words, StringComparison.Ordinal);
        Assert.Equal(0, await visit.CountAsync("hubspot_connections"));
        Assert.Equal(0, await visit.CountAsync("audit_log"));
        Assert.DoesNotContain("hubspotsync.connect", visit.Admin.Cookies.Keys.Where(_ => code is not "state_used"));
    }
}
