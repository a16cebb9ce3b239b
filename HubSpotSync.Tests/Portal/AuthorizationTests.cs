using System.Net;
using System.Net.Http.Json;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Portal.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace HubSpotSync.Tests.Portal;

public sealed class AuthorizationTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    private readonly PortalHost _portal = fixture.Portal;

    [Fact]
    public void Every_endpoint_is_in_the_table_and_nothing_else()
    {
        var routes = _portal.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null
                // Files that are new since the build, by the framework.
                && endpoint.RoutePattern.RawText != "{**path:file}")
            .SelectMany(endpoint => MethodsOf(endpoint).Select(method => $"{method} {RouteOf(endpoint)}"));

        Assert.Equal(
            EndpointTable.Rules.Select(rule => $"{rule.Method} {rule.Route}").Order(StringComparer.Ordinal),
            routes.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nobody_gets_in_without_signing_in_except_where_the_table_says_so()
    {
        using var browser = _portal.Browser();

        foreach (var rule in EndpointTable.Rules)
        {
            var answer = await SendAsync(browser, rule, rule.Method);
            if (rule.Needs is null)
            {
                Assert.False(IsSentToSignIn(answer), $"{answer}");
            }
            else if (rule.IsPage)
            {
                Assert.Equal($"/signin?returnUrl={Uri.EscapeDataString(rule.Address)}", answer.Location);
                Assert.True(IsSentToSignIn(await SendAsync(browser, rule, "POST")), rule.Route);
            }
            else if (rule.IsForPrograms)
            {
                Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
            }
            else
            {
                Assert.True(IsSentToSignIn(answer), rule.Route);
            }
        }
    }

    [Theory]
    [InlineData(WorkspaceRole.Viewer)]
    [InlineData(WorkspaceRole.Member)]
    [InlineData(WorkspaceRole.Admin)]
    [InlineData(WorkspaceRole.Owner)]
    public async Task Each_role_gets_in_where_the_table_says_so(WorkspaceRole role)
    {
        using var browser = await _portal.SignInAsync(PortalHost.EmailOf(role));

        foreach (var rule in EndpointTable.Rules.Where(rule => rule.Needs is not null))
        {
            var isAllowed = role >= rule.Needs && !rule.NeedsKey;
            foreach (var method in rule.IsPage ? new[] { "GET", "POST" } : [rule.Method])
            {
                var answer = await SendAsync(browser, rule, method);
                var isAnonymous = IsSentToSignIn(answer) || answer.Status == HttpStatusCode.Unauthorized;
                Assert.False(isAnonymous, $"{method} {answer}");
                Assert.True(isAllowed == (answer.Status != HttpStatusCode.Forbidden), $"{role} {method} {answer}");
                Assert.True((int)answer.Status < 500, $"{role} {method} {answer}");
            }
        }
    }

    [Fact]
    public async Task A_refusal_says_which_role_one_has()
    {
        var answer = await (await _portal.AsAsync(WorkspaceRole.Member)).GetAsync("/settings/users");

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal("Your role does not allow this", answer.Heading);
        Assert.Contains("You are Member here", answer.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_live_part_of_a_page_is_told_to_sign_in()
    {
        using var browser = _portal.Browser();

        var answer = await browser.GetAsync("/customers", ("HX-Request", "true"));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("/signin", answer.Header("HX-Redirect"));
    }

    [Fact]
    public async Task A_new_role_counts_with_the_next_request()
    {
        var id = await _portal.AddUserAsync("moved.canary@portal.example", WorkspaceRole.Admin);
        using var moved = await _portal.SignInAsync("moved.canary@portal.example");
        Assert.Equal(HttpStatusCode.OK, (await moved.GetAsync("/settings/users")).Status);

        await ChangeAsync("Role", id, ("role", "Member"));
        Assert.Equal(HttpStatusCode.Forbidden, (await moved.GetAsync("/settings/users")).Status);
        Assert.DoesNotContain("/settings/users", (await moved.GetAsync("/settings")).Text, StringComparison.Ordinal);
        await ChangeAsync("Role", id, ("role", "Admin"));

        Assert.Equal(HttpStatusCode.OK, (await moved.GetAsync("/settings/users")).Status);
        Assert.Equal(2, await AuditsAsync("user.role_changed", id));
    }

    [Fact]
    public async Task Deactivation_ends_every_session_and_every_way_in()
    {
        var id = await _portal.AddUserAsync("left.canary@portal.example", WorkspaceRole.Member);
        using var left = await _portal.SignInAsync("left.canary@portal.example");
        Assert.Equal(HttpStatusCode.OK, (await left.GetAsync("/customers")).Status);

        await ChangeAsync("Deactivate", id);
        var next = await left.GetAsync("/customers");
        var page = await left.OpenAsync("/signin");
        var again = await left.SubmitAsync(
            page, "Sign in", ("Email", "left.canary@portal.example"), ("Password", PortalHost.Password));
        await ChangeAsync("Activate", id);
        using var back = await _portal.SignInAsync("left.canary@portal.example");

        Assert.True(IsSentToSignIn(next), $"{next}");
        Assert.DoesNotContain("hubspotsync.session", left.Cookies.Keys);
        Assert.Contains("do not match", again.Words, StringComparison.Ordinal);
        Assert.Equal(1, await AuditsAsync("user.deactivated", id));
    }

    [Theory]
    [InlineData("Sultan")]
    [InlineData("17")]
    [InlineData("")]
    public async Task A_role_that_does_not_exist_changes_nothing(string role)
    {
        var id = await _portal.AddUserAsync($"kept{role}.canary@portal.example", WorkspaceRole.Admin);
        var owner = await _portal.AsAsync(WorkspaceRole.Owner);

        var answer = await owner.PostWithTokenAsync("/settings/users?handler=Role", ("id", $"{id}"), ("role", role));

        Assert.Equal(["There is no such role."], answer.All("[role=alert].form-problem"));
        Assert.Equal("Admin", await _portal.Database.ScalarAsync<string>($"select role from users where id = '{id}'"));
    }

    [Fact]
    public async Task Only_an_owner_makes_owners_and_the_last_one_stays()
    {
        var admin = await _portal.AsAsync(WorkspaceRole.Admin);
        var owner = await _portal.AsAsync(WorkspaceRole.Owner);
        var ownerId = await IdOfAsync(PortalHost.EmailOf(WorkspaceRole.Owner));
        var viewerId = await IdOfAsync(PortalHost.EmailOf(WorkspaceRole.Viewer));

        var made = await admin.PostWithTokenAsync(
            "/settings/users?handler=Role",
            ("id", $"{viewerId}"),
            ("role", "Owner"));
        var unmade = await admin.PostWithTokenAsync("/settings/users?handler=Deactivate", ("id", $"{ownerId}"));
        var last = await owner.PostWithTokenAsync(
            "/settings/users?handler=Role",
            ("id", $"{ownerId}"),
            ("role", "Admin"));

        Assert.Contains("Only an owner can do this", made.Words, StringComparison.Ordinal);
        Assert.Contains("Only an owner can do this", unmade.Words, StringComparison.Ordinal);
        Assert.Contains("This is the last owner", last.Words, StringComparison.Ordinal);
        Assert.Equal(1, await _portal.Database.ScalarAsync<long>(
            "select count(*) from users where role = 'Owner' and lockout_end is null"));
    }

    [Fact]
    public async Task Somebody_added_signs_in_with_the_password_that_was_shown_once()
    {
        const string Email = "new.canary@portal.example";
        _portal.Secrets.Add(Email);
        var admin = await _portal.AsAsync(WorkspaceRole.Admin);
        var page = await admin.GetAsync("/settings/users");

        var added = await admin.SubmitAsync(
            page, "Add", ("Input.Name", "New"), ("Input.Email", Email), ("Input.Role", "Viewer"));
        var password = added.Html.QuerySelector("code.password")!.TextContent; // asserted by the sign-in
        _portal.Secrets.Add(password);
        var twice = await admin.SubmitAsync(page, "Add", ("Input.Name", "New"), ("Input.Email", Email));
        using var browser = _portal.Browser();
        var signIn = await browser.SubmitAsync(
            await browser.OpenAsync("/signin"), "Sign in", ("Email", Email), ("Password", password));

        Assert.Equal("/", signIn.Location);
        Assert.Contains("This e-mail has an account already.", twice.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(password, (await admin.GetAsync("/settings/users")).Text, StringComparison.Ordinal);
    }

    private static Task<PageAnswer> SendAsync(PageClient browser, EndpointRule rule, string method) =>
        method switch
        {
            "GET" => browser.GetAsync(rule.Address),
            "POST" when !rule.IsForPrograms => browser.PostAsync(rule.Address),
            _ => browser.SendAsync(HttpMethod.Parse(method), rule.Address, JsonContent.Create(new { }), []),
        };

    private static bool IsSentToSignIn(PageAnswer answer) =>
        answer.Location?.StartsWith("/signin", StringComparison.Ordinal) == true && answer.Path != "/signout";

    private static string RouteOf(RouteEndpoint endpoint) =>
        endpoint.RoutePattern.RawText!.Trim('/').ToLowerInvariant(); // the portal's routes are all text

    private static IEnumerable<string> MethodsOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["GET"];

    private async Task ChangeAsync(string handler, Guid id, params (string Name, string Value)[] fields)
    {
        var admin = await _portal.AsAsync(WorkspaceRole.Admin);
        var answer = await admin.PostWithTokenAsync($"/settings/users?handler={handler}", [("id", $"{id}"), .. fields]);
        Assert.Equal("/settings/users", answer.Location);
    }

    private Task<long> AuditsAsync(string action, Guid id) => _portal.Database.ScalarAsync<long>(
        $"select count(*) from audit_log where action = '{action}' and subject = '{id}'");

    private Task<Guid> IdOfAsync(string email) =>
        _portal.Database.ScalarAsync<Guid>($"select id from users where email = '{email}'");
}
