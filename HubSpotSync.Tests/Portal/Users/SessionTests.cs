using System.Net;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Users;

/// <summary>Where people are signed in, and how that ends.</summary>
public sealed class SessionTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    private readonly PortalHost _portal = fixture.Portal;

    [Fact]
    public async Task A_session_that_is_ended_is_refused_with_its_next_request_and_no_other_one()
    {
        await _portal.AddUserAsync("two.canary@portal.example", WorkspaceRole.Member);
        using var here = await _portal.SignInAsync("two.canary@portal.example");
        using var there = await _portal.SignInAsync("two.canary@portal.example");
        using var third = await _portal.SignInAsync("two.canary@portal.example");
        var page = await here.GetAsync("/account");

        var ended = await here.SubmitAsync(page, "Sign out A program"); // the last that signed in is the first shown

        Assert.Equal("/account", ended.Location);
        Assert.Equal(3, page.Html.QuerySelectorAll("#sessions, section[aria-labelledby=sessions] li").Length - 1);
        Assert.Single(page.All("section[aria-labelledby=sessions] .chip"), "This browser");
        Assert.StartsWith("/signin", (await third.GetAsync("/customers")).Location, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await there.GetAsync("/customers")).Status);
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/customers")).Status);
    }

    [Fact]
    public async Task One_signs_out_everywhere_else()
    {
        await _portal.AddUserAsync("many.canary@portal.example", WorkspaceRole.Member);
        using var here = await _portal.SignInAsync("many.canary@portal.example");
        using var there = await _portal.SignInAsync("many.canary@portal.example");

        var answer = await here.SubmitAsync(await here.GetAsync("/account"), "Sign out everywhere else");

        Assert.Equal("/account", answer.Location);
        Assert.StartsWith("/signin", (await there.GetAsync("/")).Location, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Sign out everywhere else", (await here.GetAsync("/account")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_owner_sees_and_ends_the_sessions_of_others_and_an_admin_does_not()
    {
        var id = await _portal.AddUserAsync("seen.canary@portal.example", WorkspaceRole.Member);
        using var seen = await _portal.SignInAsync("seen.canary@portal.example");
        var session = await SessionOfAsync(id);
        var owner = await _portal.AsAsync(WorkspaceRole.Owner);
        var admin = await _portal.AsAsync(WorkspaceRole.Admin);

        var page = await admin.GetAsync($"/settings/users/{id}");
        var refused = await admin.PostWithTokenAsync(
            $"/settings/users/{id}?handler=EndSession", ("session", $"{session}"));
        var all = await admin.PostWithTokenAsync($"/settings/users/{id}?handler=EndSessions");
        Assert.Equal(HttpStatusCode.OK, (await seen.GetAsync("/customers")).Status);
        var ended = await owner.SubmitAsync(
            await owner.GetAsync($"/settings/users/{id}"), "Sign out A program");

        Assert.DoesNotContain("is signed in", page.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Equal(HttpStatusCode.Forbidden, all.Status);
        Assert.Equal($"/settings/users/{id}", ended.Location);
        Assert.StartsWith("/signin", (await seen.GetAsync("/customers")).Location, StringComparison.Ordinal);
        Assert.Equal(1, await _portal.Database.ScalarAsync<long>(
            $"select count(*) from audit_log where action = 'user.sessions_ended' and subject = '{id}'"));
    }

    [Fact]
    public async Task A_session_of_somebody_else_is_not_there()
    {
        var id = await _portal.AddUserAsync("own.canary@portal.example", WorkspaceRole.Member);
        using var own = await _portal.SignInAsync("own.canary@portal.example");
        var viewer = await _portal.AsAsync(WorkspaceRole.Viewer);

        var answer = await viewer.PostWithTokenAsync(
            "/account?handler=EndSession", ("session", $"{await SessionOfAsync(id)}"));

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal(HttpStatusCode.OK, (await own.GetAsync("/customers")).Status);
    }

    [Fact]
    public async Task A_cookie_that_was_copied_is_worth_nothing_after_signing_out()
    {
        await _portal.AddUserAsync("copied.canary@portal.example", WorkspaceRole.Member);
        using var browser = await _portal.SignInAsync("copied.canary@portal.example");
        using var thief = _portal.Browser();
        thief.Plant("hubspotsync.session", browser.Cookies["hubspotsync.session"]);
        Assert.Equal(HttpStatusCode.OK, (await thief.GetAsync("/customers")).Status);

        await browser.SubmitAsync(await browser.GetAsync("/account"), "Sign out");

        Assert.StartsWith("/signin", (await thief.GetAsync("/customers")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_role_and_a_changed_password_keep_the_session_they_are_seen_in()
    {
        const string Changed = "some other canary words";
        _portal.Secrets.Add(Changed);
        var id = await _portal.AddUserAsync("same.canary@portal.example", WorkspaceRole.Member);
        using var browser = await _portal.SignInAsync("same.canary@portal.example");
        var owner = await _portal.AsAsync(WorkspaceRole.Owner);

        await owner.PostWithTokenAsync($"/settings/users/{id}?handler=Role", ("role", "Viewer"));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/customers")).Status);
        await browser.SubmitAsync(
            await browser.GetAsync("/account"), "Change password",
            ("Input.Current", PortalHost.Password), ("Input.Password", Changed), ("Input.PasswordAgain", Changed));

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/customers")).Status);
        Assert.Equal(1, await _portal.Database.ScalarAsync<long>(
            $"select count(*) from user_sessions where user_id = '{id}'"));
    }

    [Fact]
    public async Task When_somebody_was_last_seen_is_known_to_the_minute()
    {
        await using var portal = await PortalHost.BorrowAsync();
        await portal.AddUserOfEachRoleAsync();
        using var member = await portal.SignInAsync(PortalHost.EmailOf(WorkspaceRole.Member));
        var owner = await portal.AsAsync(WorkspaceRole.Owner);

        portal.Clock.Advance(TimeSpan.FromHours(3));
        var before = await owner.GetAsync("/settings/users");
        await member.GetAsync("/customers");
        portal.Clock.Advance(TimeSpan.FromMinutes(5));
        var after = await owner.GetAsync("/settings/users");

        Assert.Equal("3 hours ago", SeenOf(before, "Member"));
        Assert.Equal("5 minutes ago", SeenOf(after, "Member"));
        Assert.Equal("never", SeenOf(after, "Admin"));
    }

    [Theory]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1", "Safari on iPhone")]
    [InlineData("curl/8.0 <script>", "A program")]
    public async Task A_browser_is_called_as_a_person_would_call_it(string agent, string name)
    {
        var email = $"{name.Replace(' ', '.').ToLowerInvariant()}.canary@portal.example";
        await _portal.AddUserAsync(email, WorkspaceRole.Viewer);
        using var browser = _portal.Browser();
        var page = await browser.OpenAsync("/signin");
        var token = page.Html.QuerySelector("input[name=__RequestVerificationToken]")!; // every form has one
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Email"] = email,
            ["Password"] = PortalHost.Password,
            ["__RequestVerificationToken"] = token.GetAttribute("value")!, // likewise
        });

        await browser.SendAsync(HttpMethod.Post, "/signin", form, [("User-Agent", agent)]);

        Assert.Equal(
            [name], (await browser.GetAsync("/account")).All("section[aria-labelledby=sessions] li strong"));
    }

    private static string SeenOf(PageAnswer page, string role) => page.Html.QuerySelectorAll("tbody tr")
        .First(row => row.TextContent.Contains($"{role} {role.ToLowerInvariant()}.canary", StringComparison.Ordinal))
        .QuerySelector("[data-label='Last seen']")!.TextContent.Trim(); // every row has one

    private Task<Guid> SessionOfAsync(Guid user) => _portal.Database.ScalarAsync<Guid>(
        $"select id from user_sessions where user_id = '{user}'");
}
