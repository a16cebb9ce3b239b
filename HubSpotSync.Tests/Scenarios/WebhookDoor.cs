using System.Net.Http.Json;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Hosting;
using Microsoft.AspNetCore.Http;

namespace HubSpotSync.Tests.Scenarios;

/// <summary>
/// The portal of a scenario where the fake can reach it: an address that hands every call on to the portal in this
/// process, as a proxy in front of it would.
/// </summary>
public sealed class WebhookDoor : IAsyncDisposable
{
    private readonly FakeHubSpotServer _fake;
    private ScriptedServer _server = null!; // started by StartAsync
    private PortalHost _portal = null!; // as above
    private HttpMessageInvoker _way = null!; // as above

    private WebhookDoor(FakeHubSpotServer fake) => _fake = fake;

    public static Task<WebhookDoor> StartAsync(SyncScenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return StartAsync(scenario.Database, scenario.Fake);
    }

    public static async Task<WebhookDoor> StartAsync(TestDatabase database, FakeHubSpotServer fake)
    {
        var door = new WebhookDoor(fake);
        door._server = await ScriptedServer.StartAsync(door.HandOnAsync);
        door._portal = await PortalHost.StartOnAsync(
            database, ("Portal:PublicUrl", door._server.Url.AbsoluteUri));
        door._way = new HttpMessageInvoker(door._portal.CreateHandler());
        await door.PutAsync(
            "webhooks", new { targetUrl = new Uri(door._server.Url, "/hubspot/webhooks").AbsoluteUri });

        // HubSpot waits five seconds and may then come back after hours. On a busy machine a portal's first answer can
        // take as long, and that is not what these tests are about.
        await door.DeliverAsync(new { timeoutMs = 60_000 });
        return door;
    }

    /// <summary>How the fake delivers: shuffled, doubled, dropped, delayed.</summary>
    public Task DeliverAsync(object settings) => PutAsync("webhooks/settings", settings);

    /// <summary>Every event has been delivered, or given up.</summary>
    public async Task FlushAsync()
    {
        using var answer = await _fake.Http.PostAsync(
            new Uri(_fake.Url, "/_fake/webhooks/flush"), JsonContent.Create(new { }));
        Assert.True(answer.IsSuccessStatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _way.Dispose();
        await _portal.DisposeAsync();
    }

    private async Task PutAsync(string what, object body)
    {
        using var answer = await _fake.Http.PutAsync(
            new Uri(_fake.Url, $"/_fake/{what}"), JsonContent.Create(body));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task HandOnAsync(HttpContext http)
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(http.Request.Method), $"http://portal{http.Request.Path}{http.Request.QueryString}")
        {
            Content = new StreamContent(http.Request.Body),
        };
        foreach (var header in http.Request.Headers.Where(header => header.Key.StartsWith('X')))
        {
            request.Headers.TryAddWithoutValidation(header.Key, (IEnumerable<string?>)header.Value);
        }

        using var answer = await _way.SendAsync(request, http.RequestAborted);
        http.Response.StatusCode = (int)answer.StatusCode;
    }
}
