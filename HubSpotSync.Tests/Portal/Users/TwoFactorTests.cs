using System.Net;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Users;

public sealed class TwoFactorTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    private const string Page = "/account/two-factor";

    private readonly PortalHost _portal = fixture.Portal;

    [Fact]
    public async Task With_two_factor_on_the_password_alone_opens_nothing()
    {
        using var safe = await TurnOnAsync("safe.canary@portal.example");
        using var browser = _portal.Browser();

        var asked = await PasswordAsync(browser, "safe.canary@portal.example", "/companies");
        var meanwhile = await browser.GetAsync("/customers");
        var page = await browser.GetAsync(asked.Location!); // the redirect leads somewhere
        var wrong = await browser.SubmitAsync(page, "Sign in", ("Code", "000000"));
        var code = Next(safe.Key);
        var right = await browser.SubmitAsync(page, "Sign in", ("Code", $" {code[..3]} {code[3..]}"));

        Assert.StartsWith("/signin/two-factor", asked.Location, StringComparison.Ordinal);
        Assert.DoesNotContain("hubspotsync.session", Names(asked), StringComparison.Ordinal);
        Assert.StartsWith("/signin", meanwhile.Location, StringComparison.Ordinal);
        Assert.Contains("This is not the code", wrong.Words, StringComparison.Ordinal);
        Assert.Equal("/companies", right.Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/customers")).Status);
    }

    [Fact]
    public async Task A_code_that_was_used_is_not_taken_again()
    {
        using var safe = await TurnOnAsync("again.canary@portal.example");
        var code = Next(safe.Key);
        using var first = _portal.Browser();
        using var second = _portal.Browser();

        var used = await CodeAsync(first, "again.canary@portal.example", code);
        var seen = await CodeAsync(second, "again.canary@portal.example", code);

        Assert.Equal("/", used.Location);
        Assert.Contains("This is not the code", seen.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recovery_code_lets_in_once()
    {
        using var safe = await TurnOnAsync("paper.canary@portal.example");
        using var first = _portal.Browser();
        using var second = _portal.Browser();

        var used = await RecoverAsync(first, "paper.canary@portal.example", safe.Codes[3]);
        var again = await RecoverAsync(second, "paper.canary@portal.example", safe.Codes[3]);

        Assert.Equal("/", used.Location);
        Assert.Contains("or it was used before", again.Words, StringComparison.Ordinal);
        Assert.Contains("9 recovery codes left", (await first.GetAsync(Page)).Words, StringComparison.Ordinal);
        Assert.Equal(1, await AuditsAsync("user.recovery_code_used", safe.Id));
    }

    [Fact]
    public async Task Keys_and_codes_are_not_readable_in_the_database()
    {
        using var safe = await TurnOnAsync("sealed.canary@portal.example");

        var plain = safe.Key.Replace(" ", "", StringComparison.Ordinal);
        var rows = await _portal.Database.ListAsync<string>(
            $"select value from user_tokens where user_id = '{safe.Id}'");

        Assert.NotEmpty(rows);
        Assert.All(rows, row =>
        {
            Assert.DoesNotContain(plain, row, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(safe.Codes, code => row.Contains(code, StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task Turning_it_on_wants_a_code_that_is_right_and_ends_other_sessions()
    {
        var id = await _portal.AddUserAsync("starting.canary@portal.example", WorkspaceRole.Viewer);
        using var here = await _portal.SignInAsync("starting.canary@portal.example");
        using var there = await _portal.SignInAsync("starting.canary@portal.example");
        var begun = await here.FollowAsync(await here.SubmitAsync(await here.GetAsync(Page), "Set up two-factor"));
        var key = KeyOn(begun);

        var wrong = await here.SubmitAsync(begun, "Turn two-factor on", ("Code", "000000"));
        Assert.Equal(HttpStatusCode.OK, (await there.GetAsync("/customers")).Status);
        var right = await here.SubmitAsync(begun, "Turn two-factor on", ("Code", Totp.Code(key)));

        Assert.Contains("This is not the code", wrong.Words, StringComparison.Ordinal);
        Assert.Equal(key, KeyOn(wrong)); // the app that was set up meanwhile stays right
        Assert.Equal(10, right.All(".codes code").Distinct().Count());
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/customers")).Status);
        Assert.StartsWith("/signin", (await there.GetAsync("/customers")).Location, StringComparison.Ordinal);
        Assert.DoesNotContain(
            right.All(".codes code").First(), (await here.GetAsync(Page)).Text, StringComparison.Ordinal);
        Assert.Equal(1, await AuditsAsync("user.two_factor_on", id));
    }

    [Fact]
    public async Task Turning_it_off_and_new_codes_want_the_password()
    {
        using var safe = await TurnOnAsync("off.canary@portal.example");
        var page = await safe.Browser.GetAsync(Page);

        var none = await safe.Browser.SubmitAsync(page, "Turn two-factor off", ("Password", ""));
        var wrong = await safe.Browser.SubmitAsync(page, "Turn two-factor off", ("Password", "not it"));
        var noCodes = await safe.Browser.SubmitAsync(page, "Make new recovery codes", ("RenewPassword", "not it"));
        var codes = await safe.Browser.SubmitAsync(
            page, "Make new recovery codes", ("RenewPassword", PortalHost.Password));
        using var old = _portal.Browser();
        var worthless = await RecoverAsync(old, "off.canary@portal.example", safe.Codes[0]);
        var off = await safe.Browser.SubmitAsync(page, "Turn two-factor off", ("Password", PortalHost.Password));
        using var browser = await _portal.SignInAsync("off.canary@portal.example");

        Assert.Equal(["Give your password."], none.All(".invalid-feedback"));
        Assert.Equal(["This is not your password."], wrong.All(".invalid-feedback"));
        Assert.Equal(["This is not your password."], noCodes.All(".invalid-feedback"));
        Assert.Equal(10, codes.All(".codes code").Except(safe.Codes).Count());
        Assert.Contains("or it was used before", worthless.Words, StringComparison.Ordinal);
        Assert.Equal("/account", off.Location);
        Assert.Equal(HttpStatusCode.OK, (await safe.Browser.GetAsync("/customers")).Status);
        Assert.Equal(1, await AuditsAsync("user.two_factor_off", safe.Id));
    }

    [Fact]
    public async Task An_admin_turns_it_off_for_who_lost_their_phone_with_their_own_password()
    {
        using var safe = await TurnOnAsync("phone.canary@portal.example");
        var admin = await _portal.AsAsync(WorkspaceRole.Admin);
        var page = await admin.GetAsync($"/settings/users/{safe.Id}");

        var wrong = await admin.SubmitAsync(page, "Turn two-factor off", ("Password", "not it"));
        var right = await admin.SubmitAsync(page, "Turn two-factor off", ("Password", PortalHost.Password));
        using var browser = await _portal.SignInAsync("phone.canary@portal.example");

        Assert.Equal(["This is not your password."], wrong.All(".invalid-feedback"));
        Assert.Equal($"/settings/users/{safe.Id}", right.Location);
    }

    [Fact]
    public async Task Wrong_codes_let_the_account_rest()
    {
        using var safe = await TurnOnAsync("guessed.canary@portal.example");
        using var browser = _portal.Browser();
        for (var wrong = 0; wrong < 5; wrong++)
        {
            await CodeAsync(browser, "guessed.canary@portal.example", "000000");
        }

        var right = await CodeAsync(browser, "guessed.canary@portal.example", Next(safe.Key));

        Assert.NotEqual("/", right.Location);
        Assert.True(await _portal.Database.ScalarAsync<bool>(
            $"select lockout_end > now() + interval '10 minutes' from users where id = '{safe.Id}'"));
    }

    [Fact]
    public async Task Without_the_password_there_is_no_question_for_a_code()
    {
        using var browser = _portal.Browser();

        Assert.Equal("Give your password first", (await browser.GetAsync("/signin/two-factor")).Heading);
    }

    private static string Names(PageAnswer answer) => answer.Header("Set-Cookie") ?? "";

    // The code of the next half minute is taken as well; the one of this was used to turn it on.
    private static string Next(string key) => Totp.Code(key, 1);

    private static string KeyOn(PageAnswer page) => page.All("code.password").Single();

    private async Task<Safe> TurnOnAsync(string email)
    {
        var id = await _portal.AddUserAsync(email, WorkspaceRole.Member);
        var browser = await _portal.SignInAsync(email);
        var begun = await browser.FollowAsync(
            await browser.SubmitAsync(await browser.GetAsync(Page), "Set up two-factor"));
        var key = KeyOn(begun);
        var done = await browser.SubmitAsync(begun, "Turn two-factor on", ("Code", Totp.Code(key)));
        var codes = done.All(".codes code").ToList();
        Assert.Equal(10, codes.Count);
        _portal.Secrets.Add(key.Replace(" ", "", StringComparison.Ordinal));
        codes.ForEach(_portal.Secrets.Add);
        return new Safe(browser, id, key, codes);
    }

    private static async Task<PageAnswer> PasswordAsync(PageClient browser, string email, string? returnUrl = null)
    {
        var page = await browser.OpenAsync($"/signin?returnUrl={Uri.EscapeDataString(returnUrl ?? "/")}");
        return await browser.SubmitAsync(page, "Sign in", ("Email", email), ("Password", PortalHost.Password));
    }

    private static async Task<PageAnswer> CodeAsync(PageClient browser, string email, string code)
    {
        var page = await browser.FollowAsync(await PasswordAsync(browser, email));
        return page.Html.QuerySelector("#Code") is null
            ? page
            : await browser.SubmitAsync(page, "Sign in", ("Code", code));
    }

    private static async Task<PageAnswer> RecoverAsync(PageClient browser, string email, string code)
    {
        await PasswordAsync(browser, email);
        var page = await browser.GetAsync("/signin/two-factor?byRecovery=true");
        return await browser.SubmitAsync(page, "Sign in", ("Code", code));
    }

    private Task<long> AuditsAsync(string action, Guid id) => _portal.Database.ScalarAsync<long>(
        $"select count(*) from audit_log where action = '{action}' and subject = '{id}'");

    private sealed record Safe(PageClient Browser, Guid Id, string Key, List<string> Codes) : IDisposable
    {
        public void Dispose() => Browser.Dispose();
    }
}
