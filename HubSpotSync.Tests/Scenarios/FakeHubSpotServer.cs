using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Web;
using HubSpotSync.FakeHubSpot;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace HubSpotSync.Tests.Scenarios;

/// <summary>A fake HubSpot over HTTP, with an account number that no other test uses.</summary>
public sealed class FakeHubSpotServer : IAsyncDisposable
{
    private static int _lastPortal = 200_000;

    private readonly WebApplication _app;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private FakeHubSpotServer(WebApplication app, int portalId)
    {
        (_app, PortalId) = (app, portalId);
        Url = new Uri(app.Urls.Single());
    }

    public Uri Url { get; }

    public int PortalId { get; }

    public HttpClient Http => _http;

    public IServiceProvider Services => _app.Services;

    public static async Task<FakeHubSpotServer> StartAsync(params string[] args)
    {
        var portal = Interlocked.Add(ref _lastPortal, 2);
        var app = FakeHubSpotApp.Build(
        [
            "--urls", "http://127.0.0.1:0",
            string.Create(CultureInfo.InvariantCulture, $"--Fake:PortalId={portal}"),
            string.Create(CultureInfo.InvariantCulture, $"--Fake:SmallPortalId={portal + 1}"),
            "--Fake:SmallContacts=1",
            "--Fake:SearchLagMs=0",
            .. args,
        ], builder => builder.Logging.ClearProviders());
        await app.StartAsync();
        return new FakeHubSpotServer(app, portal);
    }

    /// <summary>Consents as a person would and gives the code.</summary>
    public async Task<string> ConsentAsync(Uri authorizeUrl)
    {
        ArgumentNullException.ThrowIfNull(authorizeUrl);
        var asked = HttpUtility.ParseQueryString(authorizeUrl.Query);
        var form = asked.AllKeys.OfType<string>().ToDictionary(key => key, key => asked[key] ?? "");
        form["account"] = PortalId.ToString(CultureInfo.InvariantCulture);
        form["decision"] = "approve";
        using var content = new FormUrlEncodedContent(form);
        using var answer = await _http.PostAsync(new Uri(Url, "/oauth/authorize"), content);
        return HttpUtility.ParseQueryString(answer.Headers.Location!.Query)["code"]!; // a consent always leads back
    }

    /// <summary>The next requests that match meet this fault.</summary>
    public Task AddFaultAsync(object fault) => ControlAsync(HttpMethod.Post, "faults", fault);

    /// <summary>HubSpot makes the contacts of the next upsert, and its answer is lost.</summary>
    public Task DropAnswerOfUpsertAsync() => AddFaultAsync(new
    {
        kind = "drop",
        method = "POST",
        pathPrefix = "/crm/objects/2026-09/contacts/batch/upsert",
        times = 1,
        afterCommit = true,
    });

    public Task SetUnreachableAsync(bool on) => ControlAsync(HttpMethod.Put, "unreachable", new { on });

    public Task ChangeSettingsAsync(object settings) => ControlAsync(HttpMethod.Put, "settings", settings);

    /// <summary>Edits a record as a person does in HubSpot.</summary>
    public Task EditAsync(string type, long id, object properties) => ControlAsync(
        HttpMethod.Patch,
        string.Create(CultureInfo.InvariantCulture, $"accounts/{PortalId}/objects/{type}/{id}"),
        new { properties });

    /// <summary>Makes a record as a person does in HubSpot, and gives its id.</summary>
    public async Task<long> CreateAsync(string type, object properties, DateTimeOffset? at = null)
    {
        var made = await ControlAsync(
            HttpMethod.Post,
            string.Create(CultureInfo.InvariantCulture, $"accounts/{PortalId}/objects/{type}"),
            at is null ? new { properties } : new { properties, at });
        return long.Parse(made.GetProperty("id").GetString()!, CultureInfo.InvariantCulture); // always there
    }

    public Task ArchiveAsync(string type, long id) => ActAsync(HttpMethod.Delete, type, $"{id}");

    public Task RestoreAsync(string type, long id) => ActAsync(HttpMethod.Post, type, $"{id}/restore");

    public Task EraseAsync(long id) => ActAsync(HttpMethod.Post, "contacts", $"{id}/erase");

    public Task LinkAsync(string type, long id, string toType, long toId) =>
        ActAsync(HttpMethod.Put, type, $"{id}/associations/{toType}/{toId}");

    public Task UnlinkAsync(string type, long id, string toType, long toId) =>
        ActAsync(HttpMethod.Delete, type, $"{id}/associations/{toType}/{toId}");

    /// <returns>The id of the record that the two became.</returns>
    public async Task<long> MergeAsync(string type, long primary, long other)
    {
        var merged = await ControlAsync(
            HttpMethod.Post,
            string.Create(CultureInfo.InvariantCulture, $"accounts/{PortalId}/objects/{type}/merge"),
            new { primaryObjectId = $"{primary}", objectIdToMerge = $"{other}" });
        return long.Parse(merged.GetProperty("id").GetString()!, CultureInfo.InvariantCulture); // always there
    }

    public Task AdvanceClockAsync(TimeSpan by) =>
        ControlAsync(HttpMethod.Post, "clock", new { advanceSeconds = by.TotalSeconds });

    private Task ActAsync(HttpMethod method, string type, string what) => ControlAsync(
        method,
        string.Create(CultureInfo.InvariantCulture, $"accounts/{PortalId}/objects/{type}/{what}"),
        new { });

    /// <summary>Any call of the control API, below <c>/_fake/</c>.</summary>
    public async Task<JsonElement> ControlAsync(HttpMethod method, string what, object body)
    {
        using var content = JsonContent.Create(body);
        using var request = new HttpRequestMessage(method, new Uri(Url, $"/_fake/{what}")) { Content = content };
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"/_fake/{what} answered {answer.StatusCode}: {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }
}
