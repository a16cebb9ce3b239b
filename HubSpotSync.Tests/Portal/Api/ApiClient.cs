using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using HubSpotSync.Data.Api;
using HubSpotSync.Tests.Portal.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace HubSpotSync.Tests.Portal.Api;

/// <summary>A program that calls the portal, with a key or without one.</summary>
public sealed class ApiClient(PortalHost portal, string? key) : IDisposable
{
    private readonly PageClient _http = new(portal.CreateHandler());

    public Task<PageAnswer> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, null, headers);

    public Task<PageAnswer> PostAsync(
        string path, object? body = null, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, body, headers);

    public Task<PageAnswer> PatchAsync(string path, object body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Patch, path, body, headers);

    /// <param name="body">Text is sent as it is, as JSON that may be none.</param>
    public async Task<PageAnswer> SendAsync(
        HttpMethod method, string path, object? body, params (string Name, string Value)[] headers)
    {
        using HttpContent? content = body switch
        {
            null => method == HttpMethod.Get ? null : new StringContent("{}", Encoding.UTF8, "application/json"),
            string text => new StringContent(text, Encoding.UTF8, "application/json"),
            byte[] bytes => new ByteArrayContent(bytes) { Headers = { { "Content-Type", "application/json" } } },
            _ => JsonContent.Create(body, options: JsonSerializerOptions.Web),
        };
        return await _http.SendAsync(method, path, content, [.. Authorization(), .. headers]);
    }

    public Task<HttpResponseMessage> StreamAsync(string path, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://localhost{path}"));
        foreach (var (name, value) in Authorization())
        {
            request.Headers.Add(name, value);
        }

        return new HttpClient(portal.CreateHandler()).SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private IEnumerable<(string, string)> Authorization() => key is null ? [] : [("Authorization", $"Bearer {key}")];
}

internal static class ApiKeys
{
    /// <summary>A key of a program with these scopes; with none given it has all.</summary>
    public static async Task<string> AddKeyAsync(this PortalHost portal, params string[] scopes)
    {
        var secret = await portal.QueryAsync(async (services, db) =>
        {
            var made = services.GetRequiredService<ApiKeyBook>()
                .Add("Web shop", scopes.Length == 0 ? ApiScopes.All : scopes, null);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            return made.Secret;
        });
        portal.Secrets.Add(secret);
        return secret;
    }

    public static async Task<ApiClient> ProgramAsync(this PortalHost portal, params string[] scopes) =>
        new(portal, await portal.AddKeyAsync(scopes));
}
