using System.Net;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal;

public sealed class SetupTests
{
    private const string Email = "first.canary@portal.example";
    private const string Address = $"/setup?code={PortalHost.SetupCode}";

    private static readonly (string Name, string Value)[] Owner =
    [
        ("Input.Name", "Ada"), ("Input.Email", Email), ("Input.Password", PortalHost.Password),
        ("Input.PasswordAgain", PortalHost.Password), ("Input.WorkspaceName", "Analytical Engines"),
        ("Input.TimeZone", "Europe/Berlin"), ("Input.Currency", "EUR"),
    ];

    [Fact]
    public async Task Without_an_owner_every_page_leads_to_the_one_that_says_how_to_begin()
    {
        await using var portal = await PortalHost.StartAsync();
        using var browser = portal.Browser();

        foreach (var path in new[]
            { "/", "/customers", "/signin", "/settings/users", "/nowhere", "/hubspot/callback", "/api/hubspot/status" })
        {
            Assert.Equal("/welcome", (await browser.GetAsync(path)).Location);
        }

        Assert.Equal("This installation has no owner yet", (await browser.GetAsync("/welcome")).Heading);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/alive")).Status);
    }

    [Theory]
    [InlineData("/setup", "The set-up code is missing")]
    [InlineData("/setup?code=guessed", "This set-up code is not the right one")]
    public async Task Without_the_code_nobody_becomes_the_owner(string path, string heading)
    {
        await using var portal = await PortalHost.StartAsync();
        using var browser = portal.Browser();
        var form = await browser.GetAsync(Address);

        var shown = await browser.GetAsync(path);
        var code = path.Contains('=', StringComparison.Ordinal) ? "guessed" : "";
        var sent = await browser.SubmitAsync(
            form with { Path = "/setup" },
            "Create account",
            [.. Owner, ("Code", code)]);

        Assert.Equal(heading, shown.Heading);
        Assert.Empty(shown.Html.QuerySelectorAll("form"));
        Assert.Equal(heading, sent.Heading);
        Assert.Equal(0, await portal.Database.ScalarAsync<long>("select count(*) from users"));
    }

    [Fact]
    public async Task The_first_visitor_with_the_code_becomes_the_owner_once()
    {
        await using var portal = await PortalHost.StartAsync();
        portal.Secrets.Add(Email);
        using var browser = portal.Browser();
        var form = await browser.GetAsync(Address);

        var created = await browser.SubmitAsync(form, "Create account", Owner);
        var home = await browser.FollowAsync(created);
        using var second = portal.Browser();
        var again = await second.SubmitAsync(
            form,
            "Create account",
            [.. Owner, ("Input.Email", "second@portal.example")]);

        Assert.Equal("/", created.Location);
        Assert.Equal("Connect HubSpot to begin", home.Heading);
        Assert.Contains("Analytical Engines", home.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, again.Status); // the form was of another browser
        foreach (var path in new[] { Address, "/setup" })
        {
            Assert.Equal("This installation is set up", (await second.GetAsync(path)).Heading);
        }

        Assert.Equal("/", (await second.GetAsync("/welcome")).Location);
        Assert.Equal("Owner Europe/Berlin EUR", await portal.Database.ScalarAsync<string>(
            """
            select string_agg(u.role || ' ' || w.time_zone || ' ' || w.currency, ', ')
            from users u join workspaces w on w.id = u.workspace_id
            """));
        Assert.Equal(1, await portal.Database.ScalarAsync<long>(
            "select count(*) from audit_log where action = 'workspace.created'"));
    }

    [Theory]
    [InlineData("Input.Password", "eleven char", "A password has at least 12 characters.")]
    [InlineData("Input.PasswordAgain", "something else entirely", "The two passwords are not the same.")]
    [InlineData("Input.Email", "nobody", "This is not a valid e-mail address.")]
    [InlineData("Input.Name", "", "Say what we may call you.")]
    [InlineData("Input.WorkspaceName", "", "Say what your company is called.")]
    [InlineData("Input.TimeZone", "Mars/Olympus", "Choose a time zone from the list.")]
    [InlineData("Input.Currency", "XXX", "Choose a currency from the list.")]
    public async Task What_is_wrong_is_said_beside_its_field(string field, string value, string text)
    {
        await using var portal = await PortalHost.StartAsync();
        using var browser = portal.Browser();
        var form = await browser.GetAsync(Address);

        var answer = await browser.SubmitAsync(
            form, "Create account", [.. Owner.Where(one => one.Name != field), (field, value)]);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains(text, answer.All(".invalid-feedback"));
        Assert.DoesNotContain(PortalHost.Password, answer.Text, StringComparison.Ordinal);
        Assert.Equal(0, await portal.Database.ScalarAsync<long>("select count(*) from users"));
    }

    [Fact]
    public async Task A_password_needs_length_and_nothing_else()
    {
        await using var portal = await PortalHost.StartAsync();
        using var browser = portal.Browser();
        var form = await browser.GetAsync(Address);
        var plain = new string('a', 12);

        var others = Owner.Where(one => !one.Name.Contains("Password", StringComparison.Ordinal));
        var answer = await browser.SubmitAsync(
            form,
            "Create account",
            [.. others, ("Input.Password", plain), ("Input.PasswordAgain", plain)]);

        Assert.Equal("/", answer.Location);
    }

    [Fact]
    public async Task Two_who_set_up_at_once_make_one_owner()
    {
        await using var portal = await PortalHost.StartAsync();
        using var first = portal.Browser();
        using var second = portal.Browser();
        var forms = (await first.GetAsync(Address), await second.GetAsync(Address));

        var answers = await Task.WhenAll(
            first.SubmitAsync(forms.Item1, "Create account", Owner),
            second.SubmitAsync(
                forms.Item2, "Create account",
                [.. Owner.Where(one => one.Name != "Input.Email"), ("Input.Email", "late.canary@portal.example")]));

        Assert.Single(answers, answer => answer.Location == "/");
        Assert.Single(
            answers,
            answer => answer.Status == HttpStatusCode.OK && answer.Heading == "This installation is set up");
        Assert.Equal(1, await portal.Database.ScalarAsync<long>("select count(*) from users"));
    }
}
