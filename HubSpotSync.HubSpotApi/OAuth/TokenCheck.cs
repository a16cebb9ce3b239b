using System.Net;
using System.Text;
using HubSpotSync.Core.Planning;
using HubSpotSync.HubSpotApi.Errors;
using HubSpotSync.HubSpotApi.Limits;

namespace HubSpotSync.HubSpotApi.OAuth;

/// <summary>
/// Looks whether a token of a private app or a service key does what a mode needs, by doing a little of each. What the
/// token says of itself is told for private apps only; what works can be tried for both.
/// </summary>
public sealed class TokenCheck(HttpClient http, HubSpotOAuth oauth)
{
    private const string Contacts = $"crm/objects/{ApiVersion.Objects}/contacts";

    /// <exception cref="HubSpotAuthorizationException">HubSpot does not know the token.</exception>
    /// <exception cref="HubSpotException">No answer, or one that says nothing of the token.</exception>
    public async Task<TokenFacts> RunAsync(string token, SyncMode mode, CancellationToken cancellationToken)
    {
        var account = await oauth.ReadAccountAsync(token, cancellationToken);
        var (granted, missing) = (new List<string> { "oauth" }, new List<string>());
        var limits = default(LimitHeaders);
        foreach (var scope in HubSpotScopes.Required(mode).Concat(HubSpotScopes.Optional(mode)))
        {
            if (ProbeOf(scope) is not { } probe)
            {
                continue;
            }

            var (isGranted, said) = await TryAsync(token, probe, cancellationToken);
            (isGranted ? granted : missing).Add(scope);
            limits = said.Max is null ? limits : said;
        }

        return new TokenFacts(account, granted, missing) { BurstLimit = limits.Max, DailyLimit = limits.Daily };
    }

    /// <summary>
    /// A call that needs just this permission and changes nothing: HubSpot looks at permissions before it looks at what
    /// is sent, and what is sent to be written here is nothing.
    /// </summary>
    private static (HttpMethod Method, string Path, string? Body)? ProbeOf(string scope) => scope switch
    {
        "crm.objects.contacts.read" => (HttpMethod.Get, $"{Contacts}?limit=1", null),
        "crm.objects.companies.read" =>
            (HttpMethod.Get, $"crm/objects/{ApiVersion.Objects}/companies?limit=1", null),
        "crm.objects.deals.read" => (HttpMethod.Get, $"crm/objects/{ApiVersion.Objects}/deals?limit=1", null),
        "crm.objects.owners.read" => (HttpMethod.Get, $"crm/owners/{ApiVersion.Owners}?limit=1", null),
        "crm.objects.contacts.write" => (HttpMethod.Post, $"{Contacts}/batch/update", """{"inputs":[]}"""),
        "crm.schemas.contacts.write" => (HttpMethod.Post, $"crm/properties/{ApiVersion.Properties}/contacts", "{}"),
        "crm.lists.read" => (
            HttpMethod.Post, $"crm/lists/{ApiVersion.Lists}/search",
            """{"query":"","listIds":[],"processingTypes":[],"additionalProperties":[],"offset":0,"count":1}"""),
        _ => null,
    };

    private async Task<(bool IsGranted, LimitHeaders Said)> TryAsync(
        string token, (HttpMethod Method, string Path, string? Body) probe, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(probe.Method, probe.Path);
        request.Headers.Authorization = new("Bearer", token);
        request.Content = probe.Body is null ? null : new StringContent(probe.Body, Encoding.UTF8, "application/json");
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var said = LimitHeaders.Read(response.Headers);
            if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.BadRequest)
            {
                return (true, said);
            }

            var refusal = await HubSpotErrors.ReadAsync(response, cancellationToken);
            return response.StatusCode == HttpStatusCode.Forbidden ? (false, said) : throw refusal;
        }
        catch (Exception error) when (error is HttpRequestException
            || (error is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new HubSpotUnavailableException(null, "NO_ANSWER", null, null, error);
        }
    }
}
