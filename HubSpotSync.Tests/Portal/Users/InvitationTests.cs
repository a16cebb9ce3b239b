using System.Net;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Users;

/// <summary>How people come in, and how they go.</summary>
public sealed class InvitationTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    private const string Chosen = "fresh canary words";

    private readonly PortalHost _portal = fixture.Portal;

    [Fact]
    public async Task An_invitation_lets_one_person_in_once()
    {
        var link = await InviteAsync("ann.canary@portal.example", "Admin");
        using var ann = _portal.Browser();
        using var second = _portal.Browser();

        var page = await ann.GetAsync(link);
        var late = await second.GetAsync(link);
        var joined = await JoinAsync(ann, page, "Ann");
        var again = await JoinAsync(second, late, "Mallory");
        var home = await ann.FollowAsync(joined);

        Assert.Equal("Join My company", page.Heading);
        Assert.Contains("Owner owner.canary invites you as Admin", page.Words, StringComparison.Ordinal);
        Assert.Equal("/", joined.Location);
        Assert.Equal(HttpStatusCode.OK, home.Status);
        Assert.Equal("This link has ended", again.Heading);
        Assert.Equal("This link has ended", (await second.GetAsync(link)).Heading);
        Assert.Equal("Admin", await _portal.Database.ScalarAsync<string>(
            "select role from users where email = 'ann.canary@portal.example' and display_name = 'Ann'"));
        Assert.Equal(1, await AuditsAsync("user.joined"));
    }

    [Fact]
    public async Task The_code_of_a_link_is_nowhere_but_in_the_link()
    {
        var link = await InviteAsync("hidden.canary@portal.example");
        var code = link[(link.IndexOf('=', StringComparison.Ordinal) + 1)..];

        var rows = await _portal.Database.ListAsync<string>(
            "select row_to_json(l)::text from user_links l union all select row_to_json(a)::text from audit_log a");
        var owner = await _portal.AsAsync(WorkspaceRole.Owner);

        Assert.DoesNotContain(rows, row => row.Contains(code, StringComparison.Ordinal));
        Assert.DoesNotContain(code, (await owner.GetAsync("/settings/users")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?code=")]
    [InlineData("?code=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task What_is_no_link_lets_nobody_in(string query)
    {
        using var browser = _portal.Browser();

        Assert.Equal("This link has ended", (await browser.GetAsync("/join" + query)).Heading);
    }

    [Fact]
    public async Task An_invitation_that_was_taken_back_or_is_too_old_lets_nobody_in()
    {
        await using var portal = await PortalHost.BorrowAsync();
        await portal.AddUserOfEachRoleAsync();
        var owner = await portal.AsAsync(WorkspaceRole.Owner);
        var taken = await InviteAsync("taken.canary@portal.example", portal: portal);
        var old = await InviteAsync("old.canary@portal.example", portal: portal);
        using var browser = portal.Browser();
        var open = await browser.GetAsync(taken);

        var page = await owner.GetAsync("/settings/users");
        var id = await portal.Database.ScalarAsync<Guid>(
            "select id from user_links where email = 'taken.canary@portal.example'");
        var revoked = await owner.PostWithTokenAsync("/settings/users?handler=Revoke", ("id", $"{id}"));
        var twice = await owner.PostWithTokenAsync("/settings/users?handler=Revoke", ("id", $"{id}"));
        var afterwards = await JoinAsync(browser, open, "Late", portal);
        portal.Clock.Advance(TimeSpan.FromDays(7.1));
        var ended = await browser.GetAsync(old);

        Assert.Contains("2 invitations not taken up yet", page.Words, StringComparison.Ordinal);
        Assert.Equal("/settings/users", revoked.Location);
        Assert.Equal(HttpStatusCode.NotFound, twice.Status);
        Assert.Equal("This link has ended", afterwards.Heading);
        Assert.Equal("This link has ended", ended.Heading);
    }

    [Fact]
    public async Task A_second_invitation_takes_the_place_of_the_first()
    {
        var first = await InviteAsync("twice.canary@portal.example");
        var second = await InviteAsync("twice.canary@portal.example", "Member");
        using var browser = _portal.Browser();

        Assert.Equal("This link has ended", (await browser.GetAsync(first)).Heading);
        Assert.Contains("as Member", (await browser.GetAsync(second)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_invites_above_their_own_role_or_whom_they_have_already()
    {
        var admin = await _portal.AsAsync(WorkspaceRole.Admin);
        var page = await admin.GetAsync("/settings/users");
        _portal.Secrets.Add("up.canary@portal.example");

        var owner = await SubmitAsync(admin, page, "up.canary@portal.example", "Owner");
        var known = await SubmitAsync(admin, page, PortalHost.EmailOf(WorkspaceRole.Viewer), "Viewer");
        var odd = await SubmitAsync(admin, page, "up.canary@portal.example", "17");
        var none = await SubmitAsync(admin, page, "no address", "Viewer");

        Assert.Contains("Only an owner can do this", owner.Words, StringComparison.Ordinal);
        Assert.Contains("This e-mail has an account already.", known.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("/join?code=", odd.Text, StringComparison.Ordinal);
        Assert.Equal(["This is not a valid e-mail address."], none.All(".invalid-feedback"));
    }

    [Fact]
    public async Task Who_loses_their_power_loses_the_links_they_made()
    {
        var id = await _portal.AddUserAsync("falling.canary@portal.example", WorkspaceRole.Admin);
        using var falling = await _portal.SignInAsync("falling.canary@portal.example");
        var link = await InviteAsync("friend.canary@portal.example", by: falling);
        var owner = await _portal.AsAsync(WorkspaceRole.Owner);

        await owner.PostWithTokenAsync($"/settings/users/{id}?handler=Role", ("role", "Member"));

        using var friend = _portal.Browser();
        Assert.Equal("This link has ended", (await friend.GetAsync(link)).Heading);
    }

    [Fact]
    public async Task Who_is_signed_in_is_told_to_sign_out_before_using_a_link()
    {
        var link = await InviteAsync("other.canary@portal.example");
        var viewer = await _portal.AsAsync(WorkspaceRole.Viewer);

        Assert.Equal("Somebody is signed in here", (await viewer.GetAsync(link)).Heading);
    }

    [Fact]
    public async Task A_removed_person_is_out_at_once_and_their_name_stays_with_what_they_did()
    {
        var id = await _portal.AddUserAsync("leaving.canary@portal.example", WorkspaceRole.Admin);
        using var leaving = await _portal.SignInAsync("leaving.canary@portal.example");
        await InviteAsync("by.canary@portal.example", by: leaving);
        var owner = await _portal.AsAsync(WorkspaceRole.Owner);

        var removed = await owner.PostWithTokenAsync($"/settings/users/{id}?handler=Remove");

        Assert.Equal("/settings/users", removed.Location);
        Assert.StartsWith("/signin", (await leaving.GetAsync("/customers")).Location, StringComparison.Ordinal);
        using var browser = _portal.Browser();
        var back = await browser.SubmitAsync(
            await browser.OpenAsync("/signin"), "Sign in",
            ("Email", "leaving.canary@portal.example"), ("Password", PortalHost.Password));
        Assert.Contains("do not match", back.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync($"/settings/users/{id}")).Status);
        var log = await owner.GetAsync($"/settings/audit?who={id}");
        Assert.Contains("Admin leaving.canary · Invited somebody", log.Words, StringComparison.Ordinal);
        await InviteAsync("leaving.canary@portal.example"); // the address is free again
    }

    [Fact]
    public async Task Nobody_removes_themselves_and_the_last_owner_stays()
    {
        await using var portal = await PortalHost.BorrowAsync();
        await portal.AddUserOfEachRoleAsync();
        var other = await portal.AddUserAsync("second.canary@portal.example", WorkspaceRole.Owner);
        var owner = await portal.AsAsync(WorkspaceRole.Owner);
        using var second = await portal.SignInAsync("second.canary@portal.example");
        var admin = await portal.AsAsync(WorkspaceRole.Admin);
        var first = await portal.Database.ScalarAsync<Guid>(
            $"select id from users where email = '{PortalHost.EmailOf(WorkspaceRole.Owner)}'");

        var self = await owner.PostWithTokenAsync($"/settings/users/{first}?handler=Remove");
        var below = await admin.PostWithTokenAsync($"/settings/users/{other}?handler=Remove");
        var away = await owner.PostWithTokenAsync($"/settings/users/{other}?handler=Deactivate");
        var last = await owner.PostWithTokenAsync($"/settings/users/{first}?handler=Role", ("role", "Viewer"));

        Assert.Contains("You can't do this to yourself", self.Words, StringComparison.Ordinal);
        Assert.Contains("Only an owner can do this", below.Words, StringComparison.Ordinal);
        Assert.Equal($"/settings/users/{other}", away.Location);
        Assert.Contains("This is the last owner", last.Words, StringComparison.Ordinal);
        Assert.StartsWith("/signin", (await second.GetAsync("/")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_lost_their_password_chooses_another_one_and_every_session_ends()
    {
        var id = await _portal.AddUserAsync("lost.canary@portal.example", WorkspaceRole.Member);
        using var old = await _portal.SignInAsync("lost.canary@portal.example");
        var admin = await _portal.AsAsync(WorkspaceRole.Admin);
        var made = await admin.PostWithTokenAsync($"/settings/users/{id}?handler=Password");
        var link = LinkOn(made);
        using var browser = _portal.Browser();

        var page = await browser.GetAsync(link);
        var joined = await JoinAsync(browser, page, "ignored", button: "Save password");

        Assert.Equal("Choose a new password", page.Heading);
        Assert.Equal("/", joined.Location);
        Assert.StartsWith("/signin", (await old.GetAsync("/customers")).Location, StringComparison.Ordinal);
        Assert.Equal("Member lost.canary", await _portal.Database.ScalarAsync<string>(
            $"select display_name from users where id = '{id}'"));
        using var again = _portal.Browser();
        var signIn = await again.SubmitAsync(
            await again.OpenAsync("/signin"), "Sign in",
            ("Email", "lost.canary@portal.example"), ("Password", Chosen));
        Assert.Equal("/", signIn.Location);
    }

    private static Task<PageAnswer> SubmitAsync(PageClient by, PageAnswer page, string email, string role) =>
        by.SubmitAsync(page, "Make an invitation link", ("Input.Email", email), ("Input.Role", role));

    private async Task<PageAnswer> JoinAsync(
        PageClient browser, PageAnswer page, string name, PortalHost? portal = null, string button = "Create account")
    {
        (portal ?? _portal).Secrets.Add(Chosen);
        return page.Html.QuerySelector("form") is null
            ? page
            : await browser.SubmitAsync(
                page, button,
                ("Input.Name", name), ("Input.Password", Chosen), ("Input.PasswordAgain", Chosen));
    }

    private async Task<string> InviteAsync(
        string email, string role = "Viewer", PageClient? by = null, PortalHost? portal = null)
    {
        portal ??= _portal;
        portal.Secrets.Add(email);
        by ??= await portal.AsAsync(WorkspaceRole.Owner);
        var link = LinkOn(await SubmitAsync(by, await by.GetAsync("/settings/users"), email, role));
        portal.Secrets.Add(link[(link.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        return link;
    }

    private static string LinkOn(PageAnswer answer)
    {
        var field = answer.Html.QuerySelector("#new-link");
        Assert.True(field is not null, $"{answer}");
        return new Uri(field.GetAttribute("value")!).PathAndQuery; // it holds an address
    }

    private Task<long> AuditsAsync(string action) => _portal.Database.ScalarAsync<long>(
        $"select count(*) from audit_log where action = '{action}'");
}
