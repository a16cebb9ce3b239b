using System.Net;
using HubSpotSync.Data.Api;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Api;

/// <summary>Who gets in with a key, and how far.</summary>
public sealed class KeyTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    private const string Page = "/settings/api-keys";
    private readonly PortalHost _portal = fixture.Portal;

    [Fact]
    public async Task A_key_is_shown_once_works_at_once_and_ends_when_it_is_revoked()
    {
        var admin = await _portal.AsAsync(WorkspaceRole.Admin);
        var page = await admin.GetAsync(Page);
        var made = await admin.SubmitAsync(page, "Make the key", ("Name", "Bookkeeping"), ("Scopes", "billing.read"));
        var secret = made.Html.QuerySelector("code.password")!.TextContent; // asserted by its use
        _portal.Secrets.Add(secret);
        using var program = new ApiClient(_portal, secret);

        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/invoices")).Status);
        var list = await admin.GetAsync(Page);
        Assert.DoesNotContain(secret, list.Text, StringComparison.Ordinal);
        Assert.Contains($"…{secret[^4..]}", list.Words, StringComparison.Ordinal);
        Assert.Equal(0, await _portal.Database.ScalarAsync<long>(
            $"select count(*) from api_keys k where to_jsonb(k)::text like '%{secret[4..]}%'"));
        Assert.Equal(1, await _portal.Database.ScalarAsync<long>(
            "select count(*) from api_keys where name = 'Bookkeeping' and last_used_at is not null"));

        await admin.SubmitAsync(list, "the key of Bookkeeping");
        var late = await program.GetAsync("/api/invoices");

        Assert.Equal(HttpStatusCode.Unauthorized, late.Status);
        Assert.Equal("unauthorized", late.Code());
        Assert.Equal(["api_key.made", "api_key.revoked"], await AuditsAsync());
    }

    [Fact]
    public async Task A_key_needs_a_name_and_something_that_it_may_do()
    {
        var admin = await _portal.AsAsync(WorkspaceRole.Admin);
        var page = await admin.GetAsync(Page);

        var nameless = await admin.SubmitAsync(page, "Make the key", ("Name", " "), ("Scopes", "crm.read"));
        var useless = await admin.SubmitAsync(page, "Make the key", ("Name", "Idle"), ("Scopes", "nonsense"));

        Assert.Contains("Name the program", nameless.Words, StringComparison.Ordinal);
        Assert.Contains("Choose at least one thing", useless.Words, StringComparison.Ordinal);
        Assert.Equal(0, await _portal.Database.ScalarAsync<long>(
            "select count(*) from api_keys where name in ('', ' ', 'Idle')"));
    }

    [Theory]
    [InlineData("Authorization", "Bearer hsk_0000000000000000000000000000000000000000")]
    [InlineData("Authorization", "Bearer")]
    [InlineData("Authorization", "Basic aGk6aGk=")]
    public async Task Whoever_has_no_key_is_told_how_to_get_one(string header, string value)
    {
        using var stranger = new ApiClient(_portal, null);
        var owner = await _portal.AsAsync(WorkspaceRole.Owner);

        var answer = await stranger.GetAsync("/api/customers", (header, value));
        var beside = await owner.GetAsync("/api/customers", (header, value)); // no cookie helps a bad key

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("application/problem+json", answer.Header("Content-Type"));
        Assert.Equal("Bearer", answer.Header("WWW-Authenticate"));
        Assert.Contains("Settings, API keys", answer.Detail(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, beside.Status);
    }

    [Theory]
    [InlineData(ApiScopes.CrmRead, "GET", "/api/customers", true)]
    [InlineData(ApiScopes.CrmRead, "POST", "/api/customers", false)]
    [InlineData(ApiScopes.CrmWrite, "GET", "/api/deals", true)]
    [InlineData(ApiScopes.CrmWrite, "POST", "/api/customers", true)]
    [InlineData(ApiScopes.CrmWrite, "GET", "/api/invoices", false)]
    [InlineData(ApiScopes.BillingRead, "GET", "/api/payments", true)]
    [InlineData(ApiScopes.BillingRead, "POST", "/api/payments", false)]
    [InlineData(ApiScopes.BillingWrite, "GET", "/api/customers", false)]
    [InlineData(ApiScopes.HubSpotRead, "GET", "/api/hubspot/status", true)]
    [InlineData(ApiScopes.HubSpotRead, "POST", "/api/hubspot/sync", false)]
    [InlineData(ApiScopes.HubSpotRead, "GET", "/api/hubspot/auth/url", false)]
    [InlineData(ApiScopes.HubSpotAdmin, "POST", "/api/hubspot/sync", true)]
    [InlineData(ApiScopes.WebhooksAdmin, "GET", "/api/customers", false)]
    public async Task A_key_does_what_its_scopes_say(string scope, string method, string path, bool may)
    {
        using var program = await _portal.ProgramAsync(scope);

        var answer = await program.SendAsync(HttpMethod.Parse(method), path, null);

        Assert.NotEqual(HttpStatusCode.Unauthorized, answer.Status);
        Assert.True(may == (answer.Status != HttpStatusCode.Forbidden), $"{answer}");
        if (!may)
        {
            Assert.Equal("missing_scope", answer.Code());
            Assert.Contains("it needs the scope ", answer.Detail(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task People_look_at_what_their_role_shows_and_change_nothing_without_a_key()
    {
        var owner = await _portal.AsAsync(WorkspaceRole.Owner);
        var viewer = await _portal.AsAsync(WorkspaceRole.Viewer);

        Assert.Equal(HttpStatusCode.OK, (await viewer.GetAsync("/api/customers")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.GetAsync("/api/hubspot/auth/url")).Status);
        var written = await owner.PostAsync("/api/hubspot/disconnect");
        Assert.Equal(HttpStatusCode.Forbidden, written.Status);
        Assert.Contains("call with an API key", written.Detail(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_opens_no_page_and_wrong_addresses_are_problems()
    {
        using var program = await _portal.ProgramAsync();

        var page = await program.GetAsync("/customers");
        var nowhere = await program.GetAsync("/api/nowhere");
        var method = await program.SendAsync(HttpMethod.Put, "/api/customers", null);

        Assert.StartsWith("/signin", page.Location, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NotFound, "not_found"), (nowhere.Status, nowhere.Code()));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, method.Status);
        Assert.Equal("method_not_allowed", method.Code());
    }

    [Fact]
    public async Task Whoever_calls_too_often_is_told_when_to_go_on()
    {
        await using var portal = await PortalHost.StartAsync(("RateLimits:RequestsPerKey", "3"));
        await portal.AddUserOfEachRoleAsync();
        using var eager = await portal.ProgramAsync();
        using var other = await portal.ProgramAsync();

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await eager.GetAsync("/api/customers")).Status);
        }

        var refused = await eager.GetAsync("/api/customers");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.InRange(int.Parse(refused.Header("Retry-After")!, null), 1, 60); // or the parsing fails
        Assert.Equal("too_many_requests", refused.Code());
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/api/customers")).Status);
    }

    private Task<List<string>> AuditsAsync() => _portal.Database.ListAsync<string>(
        """
        select action from audit_log where subject in (select id::text from api_keys where name = 'Bookkeeping')
          order by id
        """);
}
