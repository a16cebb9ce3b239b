using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Web;
using HubSpotSync.Benchmarks.Fake;

namespace HubSpotSync.Benchmarks.Stages;

/// <summary>The fake HubSpot of a stage, by its control door.</summary>
internal sealed class StageHubSpot(FakeProcess fake)
{
    public const int PortalId = 12345;

    private static readonly string Account = $"/_fake/accounts/{PortalId}";

    public Uri Address => fake.Http.BaseAddress!; // given to it at the start

    /// <summary>Forgets all requests so far.</summary>
    public async Task ForgetRequestsAsync(CancellationToken cancellationToken)
    {
        using var answer = await fake.Http.DeleteAsync("/_fake/requests", cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public async Task<StageRequests> ReadRequestsAsync(CancellationToken cancellationToken)
    {
        var log = await fake.Http.GetFromJsonAsync<JsonElement>("/_fake/requests", cancellationToken);
        return new StageRequests(
            [
                .. log.GetProperty("byRoute").EnumerateArray().Select(one => new StageRoute(
                    one.GetProperty("method").GetString()!, // always there
                    one.GetProperty("route").GetString()!, // as above
                    one.GetProperty("count").GetInt32())),
            ],
            log.GetProperty("rateLimited").EnumerateObject().Sum(policy => policy.Value.GetInt32()));
    }

    /// <summary>When HubSpot made each of these contacts, by their addresses; those it has not are not there.</summary>
    public async Task<Dictionary<string, DateTimeOffset>> ReadCreationsAsync(
        IReadOnlySet<string> emails, CancellationToken cancellationToken)
    {
        var made = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        using var reader = new StreamReader(
            await fake.Http.GetStreamAsync($"{Account}/objects/contacts", cancellationToken));
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.GetProperty("properties").TryGetProperty("email", out var email)
                && email.ValueKind == JsonValueKind.String
                && email.GetString() is { } address && emails.Contains(address))
            {
                made.Add(address, json.RootElement.GetProperty("createdAt").GetDateTimeOffset());
            }
        }

        return made;
    }

    /// <summary>Consents as a person would and gives the code.</summary>
    public async Task<string> ConsentAsync(Uri authorizeUrl, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var asked = HttpUtility.ParseQueryString(authorizeUrl.Query);
        var form = asked.AllKeys.OfType<string>().ToDictionary(key => key, key => asked[key] ?? "");
        (form["account"], form["decision"]) = (PortalId.ToString(CultureInfo.InvariantCulture), "approve");
        using var content = new FormUrlEncodedContent(form);
        using var answer = await http.PostAsync(new Uri(Address, "/oauth/authorize"), content, cancellationToken);
        return HttpUtility.ParseQueryString(answer.Headers.Location?.Query ?? "")["code"]
            ?? throw new InvalidOperationException($"The fake gave no code: {answer.StatusCode}.");
    }
}
