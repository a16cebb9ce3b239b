using System.Net;
using AngleSharp.Html.Dom;
using HubSpotSync.Data.Identity;
using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.Portal.Hosting;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HubSpotSync.Tests.Portal;

/// <summary>What holds for every page, whatever it shows.</summary>
public sealed class PageSafetyTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    private readonly PortalHost _portal = fixture.Portal;

    [Fact]
    public async Task Every_form_without_its_token_is_refused()
    {
        var owner = await _portal.AsAsync(WorkspaceRole.Owner);
        var pages = _portal.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null)
            .OfType<RouteEndpoint>();
        var handlers = new[] { "", "Sync", "Stop", "Role", "Add", "Deactivate", "Activate", "Recount", "Change",
            "Accept", "Decline" };
        var addresses = EndpointTable.Pages.ToDictionary(rule => rule.Route, rule => rule.Address);
        var seen = 0;

        foreach (var page in pages)
        {
            var route = page.RoutePattern.RawText!.TrimStart('/').ToLowerInvariant(); // routes of pages are text
            if (route.StartsWith("status/", StringComparison.Ordinal))
            {
                continue; // it changes nothing, and has to answer those who were refused
            }

            foreach (var handler in handlers)
            {
                var address = $"{addresses[route]}?handler={handler}";
                var answer = await owner.PostAsync(address, ("id", $"{EndpointTable.Nobody}"));
                Assert.True(answer.Status == HttpStatusCode.BadRequest, $"{route} {handler}: {answer}");
                Assert.Equal("This form was too old", answer.Heading);
                seen++;
            }
        }

        Assert.True(seen > 100, $"{seen}");
    }

    [Fact]
    public async Task The_token_of_another_user_is_refused()
    {
        var member = await _portal.AsAsync(WorkspaceRole.Member);
        using var owner = await _portal.SignInAsync(PortalHost.EmailOf(WorkspaceRole.Owner));
        var page = await member.GetAsync("/account");

        var answer = await owner.SubmitAsync(page, "Sign out");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("/customers")).Status);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/customers")]
    [InlineData("/settings/users?handler=Nonsense")]
    [InlineData("/settings/integrations/hubspot/run")]
    public async Task What_a_page_does_not_take_it_refuses(string path)
    {
        var owner = await _portal.AsAsync(WorkspaceRole.Owner);

        var answer = await owner.PostWithTokenAsync(path);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.Status);
        Assert.Equal("This can't be done here", answer.Heading);
    }

    [Fact]
    public async Task Every_page_and_every_refusal_tells_the_browser_what_it_may_do()
    {
        var owner = await _portal.AsAsync(WorkspaceRole.Owner);
        using var nobody = _portal.Browser();
        var answers = new List<PageAnswer>
        {
            await nobody.GetAsync("/customers"),
            await nobody.GetAsync("/api/hubspot/status"),
            await nobody.PostAsync("/signin"),
            await owner.GetAsync("/nowhere"),
            await owner.GetAsync("/customers?q=%00a"),
            await owner.GetAsync("/js/shell.js"),
            await owner.GetAsync("/alive"),
            await owner.GetAsync("/api/hubspot/status"),
            await (await _portal.AsAsync(WorkspaceRole.Viewer)).GetAsync("/settings/users"),
        };
        foreach (var rule in EndpointTable.Pages)
        {
            answers.Add(await owner.GetAsync(rule.Address));
            answers.Add(await nobody.GetAsync(rule.Address));
        }

        Assert.All(answers, answer =>
        {
            var policy = answer.Header("Content-Security-Policy") ?? "";
            Assert.Contains(
                "default-src 'none'; script-src 'self'; style-src 'self';",
                policy,
                StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'; base-uri 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe-", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
            Assert.Equal("DENY", answer.Header("X-Frame-Options"));
            Assert.Equal("same-origin", answer.Header("Referrer-Policy"));
            Assert.Null(answer.Header("Server"));
            if (answer.Header("Content-Type")?.StartsWith("text/html", StringComparison.Ordinal) == true)
            {
                Assert.Contains("no-store", answer.Header("Cache-Control"), StringComparison.Ordinal);
            }
        });
    }

    [Fact]
    public async Task No_page_needs_what_the_policy_forbids()
    {
        await using var portal = await PortalHost.BorrowAsync();
        await portal.AddUserOfEachRoleAsync();
        var connection = await portal.AddConnectionAsync();
        var customer = await portal.AddCustomerAsync("Ada", "Lovelace", "ada.canary@example.com", "customer");
        var company = await portal.AddCompanyAsync("Engines", "engines.example");
        await portal.AddLinkAsync(connection, "Contact", customer, 501);
        await portal.AddRunAsync(connection, RunState.Done, 10, 10);
        await portal.AddRunAsync(connection);
        string[] more =
        [
            $"/customers/{customer}", $"/companies/{company}", "/settings/integrations/hubspot?handler=Overview",
            "/customers?q=nobody-like-this", "/nowhere", $"/setup?code={PortalHost.SetupCode}",
        ];
        using var nobody = portal.Browser();
        var owner = await portal.AsAsync(WorkspaceRole.Owner);

        foreach (var path in EndpointTable.Pages.Select(rule => rule.Address).Concat(more))
        {
            AssertIsPlain(await owner.GetAsync(path));
            AssertIsPlain(await nobody.GetAsync(path));
        }

        await portal.Database.ExecuteAsync(
            "update hubspot_connections set stages_counted_at = null; delete from sync_runs");
        AssertIsPlain(await owner.GetAsync("/settings/integrations/hubspot/filter"));
        await portal.Database.ExecuteAsync(
            "update hubspot_connections set state = 'NeedsReconnection', state_reason = 'Revoked'");
        AssertIsPlain(await owner.GetAsync("/"));
        AssertIsPlain(await owner.GetAsync("/settings/integrations"));
    }

    private static void AssertIsPlain(PageAnswer answer)
    {
        foreach (var element in answer.Html.All)
        {
            var where = $"{answer.Path}: {element.OuterHtml}";
            var isStyled = element is IHtmlStyleElement || element.HasAttribute("style");
            Assert.False(isStyled, where);
            Assert.False(
                element is IHtmlScriptElement { Source: null or "" }
                    || element.TextContent.Length > 0 && element is IHtmlScriptElement,
                where);
            Assert.DoesNotContain(element.Attributes, attribute =>
                attribute.Name.StartsWith("on", StringComparison.Ordinal)
                || attribute.Name.StartsWith("hx-on", StringComparison.Ordinal)
                || attribute.Value.TrimStart().StartsWith("javascript:", StringComparison.OrdinalIgnoreCase)
                || attribute.Name is "src" or "hx-get" or "hx-post" && !attribute.Value.StartsWith('/'));
        }
    }
}
