using System.Net;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal;

public sealed class SignInTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    private const string Refusal =
        "E-mail and password do not match. After five wrong tries an account rests for 15 minutes.";

    private readonly PortalHost _portal = fixture.Portal;

    [Fact]
    public async Task A_wrong_password_and_an_unknown_e_mail_answer_the_same()
    {
        var wrong = await TryAsync(PortalHost.EmailOf(WorkspaceRole.Viewer), "not the password");
        var unknown = await TryAsync("nobody.canary@portal.example", PortalHost.Password);

        Assert.Equal(HttpStatusCode.OK, wrong.Status);
        Assert.Equal([Refusal], wrong.All("[role=alert]"));
        Assert.Equal(WithoutWhoAsked(wrong), WithoutWhoAsked(unknown));
        Assert.Equal(
            wrong.Headers.Keys.Order(StringComparer.Ordinal),
            unknown.Headers.Keys.Order(StringComparer.Ordinal));
        Assert.DoesNotContain("not the password", wrong.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_given_is_said_beside_its_field()
    {
        var answer = await TryAsync("", "");

        Assert.Equal(["Give your e-mail.", "Give your password."], answer.All(".invalid-feedback"));
    }

    [Fact]
    public async Task After_five_wrong_tries_an_account_rests_for_a_quarter_of_an_hour()
    {
        await using var portal = await PortalHost.BorrowAsync();
        await portal.AddUserAsync("tired.canary@portal.example", WorkspaceRole.Member);
        for (var wrong = 0; wrong < 5; wrong++)
        {
            await TryAsync("tired.canary@portal.example", "wrong", portal);
        }

        var right = await TryAsync("tired.canary@portal.example", PortalHost.Password, portal);
        var rests = await portal.Database.ScalarAsync<bool>(
            "select lockout_end between now() + interval '14 minutes' and now() + interval '15 minutes' from users");
        await portal.Database.ExecuteAsync("update users set lockout_end = now()"); // Identity looks at the real clock
        var later = await TryAsync("TIRED.canary@portal.example ", PortalHost.Password, portal);

        Assert.Equal([Refusal], right.All("[role=alert]"));
        Assert.True(rests);
        Assert.Equal("/", later.Location);
        Assert.Equal(0, await portal.Database.ScalarAsync<int>("select access_failed_count from users"));
    }

    [Fact]
    public async Task Signing_out_ends_the_session_in_this_browser()
    {
        using var browser = await _portal.SignInAsync(PortalHost.EmailOf(WorkspaceRole.Viewer));

        var answer = await browser.SubmitAsync(await browser.GetAsync("/"), "Sign out");

        Assert.Equal("/signin", answer.Location);
        Assert.DoesNotContain("hubspotsync.session", browser.Cookies.Keys);
        Assert.StartsWith("/signin", (await browser.GetAsync("/customers")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_signs_somebody_out_does_nothing()
    {
        var browser = await _portal.AsAsync(WorkspaceRole.Viewer);

        Assert.Equal("/", (await browser.GetAsync("/signout")).Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/customers")).Status);
    }

    [Theory]
    [InlineData("/customers?q=ada", "/customers?q=ada")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("\\\\evil.example", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("evil", "/")]
    public async Task After_signing_in_one_stays_on_this_portal(string returnUrl, string expected)
    {
        using var browser = _portal.Browser();
        var page = await browser.OpenAsync($"/signin?returnUrl={Uri.EscapeDataString(returnUrl)}");

        var answer = await browser.SubmitAsync(
            page, "Sign in", ("Email", PortalHost.EmailOf(WorkspaceRole.Viewer)), ("Password", PortalHost.Password));
        var again = await browser.GetAsync($"/signin?returnUrl={Uri.EscapeDataString(returnUrl)}");

        Assert.Equal(expected, answer.Location);
        Assert.Equal(expected, again.Location);
    }

    [Fact]
    public async Task A_page_behind_sign_in_is_where_one_lands_afterwards()
    {
        using var browser = _portal.Browser();

        var page = await browser.OpenAsync("/companies?q=a&page=2");
        var answer = await browser.SubmitAsync(
            page, "Sign in", ("Email", PortalHost.EmailOf(WorkspaceRole.Viewer)), ("Password", PortalHost.Password));

        Assert.Equal("/companies?q=a&page=2", answer.Location);
    }

    [Fact]
    public async Task A_session_lasts_two_weeks_from_its_last_use()
    {
        await using var portal = await PortalHost.BorrowAsync();
        await portal.AddUserAsync("idle.canary@portal.example", WorkspaceRole.Member);
        using var browser = await portal.SignInAsync("idle.canary@portal.example");

        portal.Clock.Advance(TimeSpan.FromDays(10));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/customers")).Status);
        portal.Clock.Advance(TimeSpan.FromDays(10));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/customers")).Status);
        portal.Clock.Advance(TimeSpan.FromDays(14.1));

        Assert.StartsWith("/signin", (await browser.GetAsync("/customers")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_password_ends_every_other_session()
    {
        const string Changed = "other canary words";
        _portal.Secrets.Add(Changed);
        await _portal.AddUserAsync("careful.canary@portal.example", WorkspaceRole.Member);
        using var here = await _portal.SignInAsync("careful.canary@portal.example");
        using var there = await _portal.SignInAsync("careful.canary@portal.example");
        var page = await here.GetAsync("/account");

        var wrong = await here.SubmitAsync(
            page, "Change password",
            ("Input.Current", "not it"), ("Input.Password", Changed), ("Input.PasswordAgain", Changed));
        var right = await here.SubmitAsync(
            page, "Change password",
            ("Input.Current", PortalHost.Password), ("Input.Password", Changed), ("Input.PasswordAgain", Changed));

        Assert.Equal(["This is not your current password."], wrong.All(".invalid-feedback"));
        Assert.Contains("Your password is changed.", (await here.FollowAsync(right)).Words, StringComparison.Ordinal);
        Assert.StartsWith("/signin", (await there.GetAsync("/customers")).Location, StringComparison.Ordinal);
        var old = await TryAsync("careful.canary@portal.example", PortalHost.Password);
        Assert.Equal([Refusal], old.All("[role=alert]"));
        Assert.Equal("/", (await TryAsync("careful.canary@portal.example", Changed)).Location);
    }

    [Theory]
    [InlineData("RateLimits:AttemptsPerAddress")]
    [InlineData("RateLimits:AttemptsPerAccount")]
    public async Task Too_many_tries_are_told_when_to_come_back(string limit)
    {
        await using var portal = await PortalHost.StartAsync((limit, "2"));
        await portal.AddUserAsync("hasty.canary@portal.example", WorkspaceRole.Member);
        await TryAsync("hasty.canary@portal.example", "wrong", portal);
        await TryAsync("hasty.canary@portal.example", "wrong", portal);

        var third = await TryAsync("hasty.canary@portal.example", PortalHost.Password, portal);

        Assert.Equal(HttpStatusCode.TooManyRequests, third.Status);
        var seconds = Assert.IsType<string>(third.Header("Retry-After"));
        Assert.InRange(int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        Assert.Equal("That was too often", third.Heading);
        Assert.Contains($"Wait {seconds} seconds", third.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/customers?q=a%00b")]
    [InlineData("/customers?stage=%00")]
    [InlineData("/companies?q=%00")]
    public async Task A_character_that_is_no_text_is_refused_and_nothing_breaks(string path)
    {
        var answer = await (await _portal.AsAsync(WorkspaceRole.Viewer)).GetAsync(path);
        var signIn = await TryAsync("a\0b@portal.example", "x");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("This holds a sign that is no text", answer.Heading);
        Assert.Equal(HttpStatusCode.BadRequest, signIn.Status);
    }

    private static string WithoutWhoAsked(PageAnswer answer)
    {
        foreach (var field in answer.Html.QuerySelectorAll("#Email, input[type=hidden]"))
        {
            field.RemoveAttribute("value");
        }

        return answer.Html.DocumentElement.OuterHtml;
    }

    private async Task<PageAnswer> TryAsync(string email, string password, PortalHost? portal = null)
    {
        using var browser = (portal ?? _portal).Browser();
        return await browser.SubmitAsync(
            await browser.OpenAsync("/signin"), "Sign in", ("Email", email), ("Password", password));
    }
}
