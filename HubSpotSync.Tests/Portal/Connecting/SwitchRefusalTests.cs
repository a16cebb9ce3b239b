using System.Net;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Connecting;

/// <summary>
/// The answer to which account it shall be is taken once, in time, from the person and the browser that were asked.
/// </summary>
public sealed class SwitchRefusalTests
{
    private const string Page = "/settings/integrations/hubspot/switch";
    private const string Cookie = "hubspotsync.switch";
    private const string Kept = "select string_agg(c::text, ' ' order by id) from hubspot_connections c";

    [Fact]
    public async Task After_ten_minutes()
    {
        await using var visit = await SwitchTests.ConnectedAsync();
        var page = await SwitchTests.AskedAsync(visit);
        visit.Portal.Clock.Advance(TimeSpan.FromMinutes(10));

        await AssertRefusedAsync(visit, visit.Admin, page, "state_expired");
        Assert.Equal("That took longer than ten minutes", (await visit.Admin.GetAsync(Page)).Heading);
    }

    [Fact]
    public async Task A_second_time_by_a_browser_that_gives_back_what_was_taken_from_it()
    {
        await using var visit = await SwitchTests.ConnectedAsync();
        var page = await SwitchTests.AskedAsync(visit);
        var nonce = visit.Admin.Cookies[Cookie];
        await visit.Admin.SubmitAsync(page, "Switch to");
        visit.Admin.Plant(Cookie, nonce);

        await AssertRefusedAsync(visit, visit.Admin, page, "state_used");
    }

    [Fact]
    public async Task By_another_person()
    {
        await using var visit = await SwitchTests.ConnectedAsync();
        var page = await SwitchTests.AskedAsync(visit);
        var owner = await visit.Portal.AsAsync(WorkspaceRole.Owner);
        owner.Plant(Cookie, visit.Admin.Cookies[Cookie]);

        await AssertRefusedAsync(visit, owner, page, "state_foreign");
        Assert.DoesNotContain("Switch to", (await owner.GetAsync(Page)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task By_the_same_person_in_another_browser()
    {
        await using var visit = await SwitchTests.ConnectedAsync();
        var page = await SwitchTests.AskedAsync(visit);
        using var other = await visit.Portal.SignInAsync(PortalHost.EmailOf(WorkspaceRole.Admin));

        await AssertRefusedAsync(visit, other, page, "state_used");
    }

    [Fact]
    public async Task In_another_workspace()
    {
        await using var visit = await SwitchTests.ConnectedAsync();
        var page = await SwitchTests.AskedAsync(visit);
        var next = await visit.Portal.AddWorkspaceAsync("Next door");
        await visit.Portal.AddUserAsync("owner.canary@nextdoor.example", WorkspaceRole.Owner, next);
        using var there = await visit.Portal.SignInAsync("owner.canary@nextdoor.example");
        there.Plant(Cookie, visit.Admin.Cookies[Cookie]);

        await AssertRefusedAsync(visit, there, page, "state_used");
    }

    [Theory]
    [InlineData("Switch")]
    [InlineData("Stay")]
    public async Task From_another_site(string handler)
    {
        await using var visit = await SwitchTests.ConnectedAsync();
        var page = await SwitchTests.AskedAsync(visit);
        var before = await visit.Portal.Database.ScalarAsync<string>(Kept);

        var answer = await visit.Admin.PostAsync($"{Page}?handler={handler}", ("id", IdOn(page)));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(before, await visit.Portal.Database.ScalarAsync<string>(Kept));
        Assert.Equal(1, await visit.CountAsync("pending_grants"));
    }

    [Fact]
    public async Task By_a_member_or_by_nobody()
    {
        await using var visit = await SwitchTests.ConnectedAsync();
        var page = await SwitchTests.AskedAsync(visit);
        var member = await visit.Portal.AsAsync(WorkspaceRole.Member);
        member.Plant(Cookie, visit.Admin.Cookies[Cookie]);
        using var nobody = visit.Portal.Browser();
        nobody.Plant(Cookie, visit.Admin.Cookies[Cookie]);

        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync(Page)).Status);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await member.PostWithTokenAsync($"{Page}?handler=Switch", ("id", IdOn(page)))).Status);
        Assert.StartsWith("/signin", (await nobody.GetAsync(Page)).Location, StringComparison.Ordinal);
        Assert.Equal(1, await visit.CountAsync("pending_grants"));
    }

    [Fact]
    public async Task Pressed_on_a_page_that_was_about_an_earlier_consent()
    {
        await using var visit = await SwitchTests.ConnectedAsync();
        var first = await SwitchTests.AskedAsync(visit);
        var second = await SwitchTests.AskedAsync(visit);

        await AssertRefusedAsync(visit, visit.Admin, first, "other_page");
        Assert.Equal(1, await visit.CountAsync("pending_grants"));
        Assert.NotNull((await visit.Admin.SubmitAsync(second, "Switch to")).Location);
    }

    [Fact]
    public async Task After_something_else_was_connected()
    {
        await using var visit = await SwitchTests.ConnectedAsync();
        var page = await SwitchTests.AskedAsync(visit);
        await visit.Portal.Database.ExecuteAsync("update hubspot_connections set state = 'Disconnected'");
        await visit.Portal.AddConnectionAsync(hubId: 77);

        await AssertRefusedAsync(visit, visit.Admin, page, "changed_meanwhile");
    }

    [Fact]
    public async Task Where_the_account_was_disconnected_meanwhile_the_other_one_is_connected()
    {
        await using var visit = await SwitchTests.ConnectedAsync();
        var page = await SwitchTests.AskedAsync(visit);
        await visit.Portal.Database.ExecuteAsync("update hubspot_connections set state = 'Disconnected'");

        var again = await visit.Admin.GetAsync(Page);
        var answer = await visit.Admin.SubmitAsync(page, "Switch to");

        Assert.Contains("Nothing is connected any more", again.Words, StringComparison.Ordinal);
        Assert.NotNull(answer.Location);
        Assert.Equal(1, await visit.CountAsync("hubspot_connections where state = 'Connected'"));
        Assert.Equal(0, await visit.CountAsync("audit_log where action = 'hubspot.disconnected'"));
    }

    private static string IdOn(PageAnswer page) =>
        page.Html.QuerySelector("#switch input[name=id]")!.GetAttribute("value")!; // the question was asked

    /// <summary>Both answers are refused, and nothing has changed.</summary>
    private static async Task AssertRefusedAsync(ConnectVisit visit, PageClient browser, PageAnswer page, string code)
    {
        var before = await visit.Portal.Database.ScalarAsync<string>(Kept);
        var audits = await visit.CountAsync("audit_log");
        foreach (var handler in (string[])["Switch", "Stay"])
        {
            var answer = await browser.PostWithTokenAsync($"{Page}?handler={handler}", ("id", IdOn(page)));

            Assert.Equal((HttpStatusCode.OK, code), (answer.Status, answer.All(".card-footer code").Single()));
            Assert.Contains("Nothing was stored.", answer.Words, StringComparison.Ordinal);
        }

        Assert.Equal(before, await visit.Portal.Database.ScalarAsync<string>(Kept));
        Assert.Equal(audits, await visit.CountAsync("audit_log"));
    }
}
