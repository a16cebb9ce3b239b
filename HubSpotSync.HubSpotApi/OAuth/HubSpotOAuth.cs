using System.Net.Http.Json;
using System.Text.Json;
using HubSpotSync.Core.Planning;
using HubSpotSync.HubSpotApi.Errors;
using Microsoft.Extensions.Options;

namespace HubSpotSync.HubSpotApi.OAuth;

/// <summary>
/// Consent, tokens and the account behind them. Nothing here is repeated by itself: a code is good for one use.
/// </summary>
public sealed class HubSpotOAuth(HttpClient http, IOptions<HubSpotOptions> options)
{
    private const string TokenPath = $"oauth/{ApiVersion.OAuth}/token";

    /// <summary>Where to send the person who consents to what a mode asks for.</summary>
    public Uri AuthorizeUrl(SyncMode mode, string state, Uri redirectUri)
    {
        ArgumentNullException.ThrowIfNull(redirectUri);
        var query = string.Join('&',
            $"client_id={Uri.EscapeDataString(options.Value.ClientId)}",
            $"redirect_uri={Uri.EscapeDataString(redirectUri.AbsoluteUri)}",
            $"scope={Uri.EscapeDataString(string.Join(' ', HubSpotScopes.Required(mode)))}",
            $"optional_scope={Uri.EscapeDataString(string.Join(' ', HubSpotScopes.Optional(mode)))}",
            $"state={Uri.EscapeDataString(state)}");
        return new Uri(options.Value.AppUrl, $"oauth/authorize?{query}");
    }

    /// <exception cref="OAuthException">HubSpot refused the code or the app.</exception>
    /// <exception cref="HubSpotUnavailableException">No answer.</exception>
    public Task<OAuthTokens> ExchangeAsync(string code, Uri redirectUri, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(redirectUri);
        return RequestAsync(
            [new("grant_type", "authorization_code"), new("code", code), new("redirect_uri", redirectUri.AbsoluteUri)],
            cancellationToken);
    }

    /// <exception cref="OAuthException">Refused; see <see cref="OAuthException.IsRevoked"/>.</exception>
    /// <exception cref="HubSpotUnavailableException">No answer.</exception>
    public Task<OAuthTokens> RefreshAsync(string refreshToken, CancellationToken cancellationToken) =>
        RequestAsync([new("grant_type", "refresh_token"), new("refresh_token", refreshToken)], cancellationToken);

    /// <summary>Asks HubSpot to forget a refresh token. Doing it again does no harm.</summary>
    /// <exception cref="OAuthException">Refused.</exception>
    /// <exception cref="HubSpotUnavailableException">No answer.</exception>
    public async Task RevokeAsync(string refreshToken, CancellationToken cancellationToken)
    {
        using var response = await PostAsync(
            $"{TokenPath}/revoke",
            [new("token", refreshToken), new("token_type_hint", "refresh_token")],
            cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new OAuthException(response.StatusCode, "REVOKE_REFUSED");
        }
    }

    public async Task<AccountDetails> ReadAccountAsync(string accessToken, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"account-info/{ApiVersion.Account}/details");
        request.Headers.Authorization = new("Bearer", accessToken);
        using var response = await SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw await HubSpotErrors.ReadAsync(response, cancellationToken);
        }

        var body = await ReadJsonAsync(response, cancellationToken);
        if (body.ValueKind != JsonValueKind.Object
            || !body.TryGetProperty("portalId", out var id)
            || !id.TryGetInt64(out var portal))
        {
            throw Unreadable(response);
        }

        var name = Text(body, "portalName");
        return new AccountDetails(
            portal,
            string.IsNullOrWhiteSpace(name) ? $"HubSpot account {portal}" : name,
            Text(body, "uiDomain") ?? "app.hubspot.com",
            Text(body, "timeZone"),
            Text(body, "companyCurrency"));
    }

    private async Task<OAuthTokens> RequestAsync(
        List<KeyValuePair<string, string>> fields, CancellationToken cancellationToken)
    {
        using var response = await PostAsync(TokenPath, fields, cancellationToken);
        var body = await ReadJsonAsync(response, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new OAuthException(response.StatusCode, Text(body, "status") ?? Text(body, "error") ?? "UNKNOWN");
        }

        // A gateway's page is no refusal: the token that was sent may well be good.
        if (Text(body, "access_token") is not { } accessToken || Text(body, "refresh_token") is not { } refreshToken
            || !body.TryGetProperty("expires_in", out var seconds) || !seconds.TryGetInt32(out var expiresIn))
        {
            throw Unreadable(response);
        }

        var scopes = body.TryGetProperty("scopes", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(scope => scope.GetString() ?? "").ToArray()
            : [];
        return new OAuthTokens(accessToken, refreshToken, TimeSpan.FromSeconds(expiresIn), scopes);
    }

    private async Task<HttpResponseMessage> PostAsync(
        string path, List<KeyValuePair<string, string>> fields, CancellationToken cancellationToken)
    {
        fields.Add(new("client_id", options.Value.ClientId));
        fields.Add(new("client_secret", options.Value.ClientSecret));
        using var content = new FormUrlEncodedContent(fields);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        var response = await SendAsync(request, cancellationToken);
        if (response.StatusCode < System.Net.HttpStatusCode.InternalServerError
            && response.StatusCode != System.Net.HttpStatusCode.TooManyRequests)
        {
            return response;
        }

        using (response)
        {
            var retryAfter = response.Headers.RetryAfter?.Delta;
            throw new HubSpotUnavailableException(response.StatusCode, "OAUTH", null, retryAfter);
        }
    }

    private static HubSpotUnavailableException Unreadable(HttpResponseMessage response) =>
        new(response.StatusCode, "UNREADABLE", null);

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, cancellationToken);
        }
        catch (Exception error) when (error is HttpRequestException
            || (error is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new HubSpotUnavailableException(null, "NO_ANSWER", null, null, error);
        }
    }

    private static async Task<JsonElement> ReadJsonAsync(
        HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static string? Text(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
