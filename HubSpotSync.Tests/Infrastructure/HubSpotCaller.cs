using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace HubSpotSync.Tests.Infrastructure;

/// <summary>
/// Plain HTTP with a bearer token, as any program would speak to HubSpot. Redirects are not followed.
/// </summary>
public sealed class HubSpotCaller : IDisposable
{
    private readonly HttpClient _http;

    public HubSpotCaller(Uri address, string? accessToken)
    {
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address };
        if (accessToken is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        }
    }

    public Task<HubSpotAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<HubSpotAnswer> PostAsync(string path, object body) =>
        SendAsync(HttpMethod.Post, path, JsonContent.Create(body));

    public Task<HubSpotAnswer> PatchAsync(string path, object body) =>
        SendAsync(HttpMethod.Patch, path, JsonContent.Create(body));

    public Task<HubSpotAnswer> PutAsync(string path, object body) =>
        SendAsync(HttpMethod.Put, path, JsonContent.Create(body));

    public Task<HubSpotAnswer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    public Task<HubSpotAnswer> PostFormAsync(string path, params IEnumerable<(string Name, string Value)> fields) =>
        SendAsync(
            HttpMethod.Post,
            path,
            new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    public void Dispose() => _http.Dispose();

    private async Task<HubSpotAnswer> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var response = await _http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        var isJson = response.Content.Headers.ContentType?.MediaType == "application/json";
        return new HubSpotAnswer(
            (int)response.StatusCode,
            text,
            response.Headers,
            isJson ? JsonSerializer.Deserialize<JsonElement>(text) : default);
    }
}
