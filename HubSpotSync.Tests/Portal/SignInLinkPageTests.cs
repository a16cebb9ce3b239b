using System.Net;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Portal.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace HubSpotSync.Tests.Portal;

public sealed class SignInLinkPageTests
{
    [Fact]
    public async Task Links_do_not_exist_unless_they_are_allowed()
    {
        await using var portal = await PortalHost.StartAsync();
        var id = await portal.AddUserAsync("link.canary@portal.example", WorkspaceRole.Viewer);
        using var browser = portal.Browser();
        var address = AddressOf(portal, id);
        var form = (await browser.OpenAsync("/signin")).Html;
        var field = form.QuerySelector("input[name=__RequestVerificationToken]")!; // the form has one
        var token = field.GetAttribute("value")!; // likewise

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(address)).Status);
        var posted = await browser.PostAsync(address, ("__RequestVerificationToken", token));
        Assert.Equal(HttpStatusCode.NotFound, posted.Status);
        Assert.StartsWith("/signin", (await browser.GetAsync("/customers")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_allowed_link_signs_in_when_its_button_is_pressed()
    {
        await using var portal = await AllowingAsync();
        var id = await portal.AddUserAsync("link.canary@portal.example", WorkspaceRole.Viewer);
        using var browser = portal.Browser();

        var page = await browser.GetAsync(AddressOf(portal, id));
        var before = await browser.GetAsync("/customers"); // reading the link alone, as mail scanners do, is no sign-in
        var answer = await browser.SubmitAsync(page, "Sign in");

        Assert.StartsWith("/signin", before.Location, StringComparison.Ordinal);
        Assert.Equal("/", answer.Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/customers")).Status);
        Assert.True(await portal.Database.ScalarAsync<bool>(
            $"select last_signed_in_at is not null from users where id = '{id}'"));
    }

    [Fact]
    public async Task What_is_no_good_link_signs_nobody_in()
    {
        await using var portal = await AllowingAsync();
        var id = await portal.AddUserAsync("link.canary@portal.example", WorkspaceRole.Viewer);
        var left = await portal.AddUserAsync("left.canary@portal.example", WorkspaceRole.Viewer);
        await portal.Database.ExecuteAsync($"update users set lockout_end = 'infinity' where id = '{left}'");
        var valid = AddressOf(portal, id);
        using var browser = portal.Browser();
        var form = await browser.GetAsync(valid);
        var links = portal.Services.GetRequiredService<SignInLinks>();
        var other = portal.Services
            .GetRequiredService<IDataProtectionProvider>()
            .CreateProtector("HubSpot.ConnectState");
        string[] codes =
        [
            links.Create(id, TimeSpan.FromMinutes(-1)),
            links.Create(Guid.NewGuid(), TimeSpan.FromMinutes(5)),
            links.Create(left, TimeSpan.FromMinutes(5)),
            valid[valid.IndexOf('=', StringComparison.Ordinal)..][1..^3] + "abc",
            other.Protect($"{id:N}.{long.MaxValue}"),
            "made up",
            "",
        ];

        foreach (var code in codes)
        {
            var answer = await browser.SubmitAsync(form with { Path = "/signin/link" }, "Sign in", ("Code", code));
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Equal("This link has ended", answer.Heading);
            Assert.DoesNotContain("hubspotsync.session", browser.Cookies.Keys);
        }
    }

    [Fact]
    public async Task A_link_ends_when_its_time_is_up()
    {
        await using var portal = await AllowingAsync();
        var id = await portal.AddUserAsync("link.canary@portal.example", WorkspaceRole.Viewer);
        using var browser = portal.Browser();
        var page = await browser.GetAsync(AddressOf(portal, id));

        portal.Clock.Advance(TimeSpan.FromMinutes(6));
        var answer = await browser.SubmitAsync(page, "Sign in");

        Assert.Equal("This link has ended", answer.Heading);
    }

    private static Task<PortalHost> AllowingAsync() => PortalHost.StartAsync(("SignIn:AllowLinks", "true"));

    private static string AddressOf(PortalHost portal, Guid userId)
    {
        var code = portal.Services.GetRequiredService<SignInLinks>().Create(userId, TimeSpan.FromMinutes(5));
        portal.Secrets.Add(code);
        return $"/signin/link?code={code}";
    }
}
