using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using HubSpotSync.FakeHubSpot.OAuth;
using HubSpotSync.Tests.Infrastructure;
using Microsoft.AspNetCore.Routing;

namespace HubSpotSync.Tests.FakeHubSpot;

/// <summary>Whatever is sent to whichever route, the answer is HubSpot-like: a refusal at worst, never a 500.</summary>
public sealed partial class EveryRouteTests
{
    private const int Seed = 20261123;
    private const int RandomBodies = 25;
    private static readonly string[] Readers = ["GET", "DELETE"];

    private static readonly string[] Dangerous =
    [
        "external-install", "/_fake/reset", "/_fake/faults", "/_fake/unreachable", "/_fake/settings",
        "/_fake/webhooks/settings", "/installations/",
    ];

    private static readonly string[] OddValues =
    [
        "0", "-1", "abc", "99999999999999999999", "1%00", "%ED%A0%80", "%E2%80%AE", "1'--", "...", "%2F", "a%20b",
        "x;y", "☃",
    ];

    private static readonly string[] OddQueries =
    [
        "limit=abc", "limit=-1", "limit=0", "limit=99999999999", "after=abc", "after=-1", "after=%00&before=x",
        "properties=%00,%ED%A0%80,,", "properties=&propertiesWithHistory=,", "associations=nonsense", "archived=maybe",
        "idProperty=nonsense", "idProperty=email", "limit=1&limit=2", "listIds=abc&listIds=", "email=%00", "limit=",
        "includeFilters=maybe", "validateReferencesBeforeDelete=maybe", "?=&&=", "locale=%00&dataSensitivity=x",
        "from=x&to=y&scope=&state=%00&redirect_uri=:::&client_id=%00",
    ];

    [Fact]
    public async Task No_body_of_any_kind_is_ever_a_500()
    {
        await using var host = await FakeHubSpotHost.StartAsync(TestContext.Current.CancellationToken);
        using var http = Caller(host);
        var failures = new List<string>();
        foreach (var (route, method) in Calls(host).Where(call => !Readers.Contains(call.Method)))
        {
            var path = Fill(route, host);
            foreach (var body in new OddBodies(Seed).Take(RandomBodies))
            {
                using var content = new StringContent(body, Encoding.UTF8, MediaType(route));
                await SendAsync(http, method, path, content, failures);
            }

            await AssertStillLetInAsync(http, $"{method} {route}");
        }

        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    [Fact]
    public async Task No_address_is_ever_a_500()
    {
        await using var host = await FakeHubSpotHost.StartAsync(TestContext.Current.CancellationToken);
        using var http = Caller(host);
        var failures = new List<string>();
        foreach (var (route, method) in Calls(host))
        {
            foreach (var odd in OddValues)
            {
                await SendAsync(http, method, Parameter().Replace(route, odd), Empty(route), failures);
                var oneOdd = LastParameter().Replace(Fill(route, host, keepLast: true), odd);
                await SendAsync(http, method, oneOdd, Empty(route), failures);
            }

            foreach (var query in OddQueries)
            {
                await SendAsync(http, method, $"{Fill(route, host)}?{query}", Empty(route), failures);
            }

            await AssertStillLetInAsync(http, $"{method} {route}");
        }

        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    /// <summary>Else most of the walk met closed doors and showed nothing.</summary>
    private static async Task AssertStillLetInAsync(HttpClient http, string after)
    {
        using var answer = await http.GetAsync("/crm/v3/objects/contacts", TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{after} left the walk with {(int)answer.StatusCode}");
    }

    private static HttpClient Caller(FakeHubSpotHost host)
    {
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = host.Address };
        var tokens = host.Installations.Install(host.Accounts.Main.PortalId, ScopeCatalog.All);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.AccessToken);
        return http;
    }

    /// <summary>Every route with each of its methods, but the one that takes all that no other takes.</summary>
    private static IEnumerable<(string Route, string Method)> Calls(FakeHubSpotHost host) =>
        from endpoint in host.Routes
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        let route = endpoint.RoutePattern.RawText!.TrimEnd('/') // every route of the fake has a text
        where !Ends(route, method)
        select (route.Length == 0 ? "/" : route, method);

    /// <summary>What would change the fake under the test: whole resets, lost access, faults, hanging waits.</summary>
    private static bool Ends(string route, string method) =>
        Dangerous.Any(part => route.Contains(part, StringComparison.Ordinal))
            || (route == "/_fake/accounts/{portalId:int}" && method == "DELETE");

    private static string Fill(string route, FakeHubSpotHost host, bool keepLast = false)
    {
        var last = LastParameter().Match(route);
        return Parameter().Replace(route, match => keepLast && match.Index == last.Index
            ? match.Value
            : match.Groups["name"].Value switch
            {
                "type" or "fromType" or "objectType" => "contacts",
                "toType" => "companies",
                "objectTypeId" => "0-1",
                "portalId" => host.Accounts.Main.PortalId.ToString(CultureInfo.InvariantCulture),
                "pipelineId" => "default",
                "stageId" => "closedwon",
                "name" => "jobtitle",
                "appId" => "4455",
                _ => "101",
            });
    }

    private static string MediaType(string route) =>
        route.StartsWith("/oauth", StringComparison.Ordinal)
            ? "application/x-www-form-urlencoded"
            : "application/json";

    private static StringContent Empty(string route) => new("{}", Encoding.UTF8, MediaType(route));

    private static async Task SendAsync(
        HttpClient http, string method, string path, HttpContent content, List<string> failures)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        request.Content = Readers.Contains(method) ? null : content;
        var cancellationToken = TestContext.Current.CancellationToken;
        using var answer = await http.SendAsync(request, cancellationToken);
        if ((int)answer.StatusCode >= 500 && failures.Count < 20)
        {
            var sent = request.Content is null ? "" : await content.ReadAsStringAsync(cancellationToken);
            failures.Add($"{(int)answer.StatusCode} {method} {path} {sent[..Math.Min(200, sent.Length)]}");
        }
    }

    [GeneratedRegex(@"\{\*{0,2}(?<name>\w+)[^}]*\}")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\{[^}]*\}(?!.*\{)")]
    private static partial Regex LastParameter();
}
