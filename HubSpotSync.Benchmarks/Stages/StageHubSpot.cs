using System.Globalization;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Web;
using HubSpotSync.Benchmarks.Fake;

namespace HubSpotSync.Benchmarks.Stages;

/// <summary>The fake HubSpot of a stage, by its control door.</summary>
internal sealed class StageHubSpot(FakeProcess fake)
{
    public const int PortalId = 12345;

    /// <summary>The accounts beside the large one have the numbers from this one on.</summary>
    public const int FirstSmallPortalId = 67890;

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

    /// <summary>How the fake behaves from here on.</summary>
    public async Task SetAsync(object settings, CancellationToken cancellationToken)
    {
        using var answer = await fake.Http.PutAsJsonAsync("/_fake/settings", settings, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Where HubSpot tells of changes from here on.</summary>
    public async Task TellAsync(Uri target, CancellationToken cancellationToken)
    {
        using var answer = await fake.Http.PutAsJsonAsync(
            "/_fake/webhooks", new { targetUrl = target.AbsoluteUri }, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Somebody writes a value to one contact.</summary>
    public async Task EditAsync(long id, string property, string value, CancellationToken cancellationToken)
    {
        var properties = new Dictionary<string, string> { [property] = value };
        using var answer = await fake.Http.PatchAsJsonAsync(
            string.Create(CultureInfo.InvariantCulture, $"{Account}/objects/contacts/{id}"),
            new { properties },
            cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>People write a city to the oldest contacts.</summary>
    public async Task EditOldestAsync(int count, string city, CancellationToken cancellationToken)
    {
        using var answer = await fake.Http.PostAsJsonAsync(
            $"{Account}/objects/contacts/burst", new { count, edit = true, properties = new { city } },
            cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>How many records of a type are there; some that the fake was asked for are archived.</summary>
    public Task<int> CountAsync(string type, CancellationToken cancellationToken) =>
        CountAsync(PortalId, type, cancellationToken);

    public async Task<int> CountAsync(int portalId, string type, CancellationToken cancellationToken)
    {
        var accounts = await fake.Http.GetFromJsonAsync<JsonElement>("/_fake/accounts", cancellationToken);
        return accounts.GetProperty("results").EnumerateArray()
            .Single(account => account.GetProperty("portalId").GetInt32() == portalId)
            .GetProperty("objects").GetProperty(type).GetProperty("live").GetInt32();
    }

    /// <summary>How many contacts have a value.</summary>
    public async Task<int> CountAsync(string property, string value, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var contact in ReadContactsAsync(cancellationToken))
        {
            count += contact.GetProperty("properties").TryGetProperty(property, out var has)
                && has.ValueKind == JsonValueKind.String && has.ValueEquals(value) ? 1 : 0;
        }

        return count;
    }

    /// <summary>When HubSpot made each of these contacts, by their addresses; those it has not are not there.</summary>
    public async Task<Dictionary<string, DateTimeOffset>> ReadCreationsAsync(
        IReadOnlySet<string> emails, CancellationToken cancellationToken)
    {
        var made = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        await foreach (var contact in ReadContactsAsync(cancellationToken))
        {
            if (contact.GetProperty("properties").TryGetProperty("email", out var email)
                && email.ValueKind == JsonValueKind.String
                && email.GetString() is { } address && emails.Contains(address))
            {
                made.Add(address, contact.GetProperty("createdAt").GetDateTimeOffset());
            }
        }

        return made;
    }

    /// <summary>Consents as a person would and gives the code.</summary>
    public async Task<string> ConsentAsync(Uri authorizeUrl, int portalId, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var asked = HttpUtility.ParseQueryString(authorizeUrl.Query);
        var form = asked.AllKeys.OfType<string>().ToDictionary(key => key, key => asked[key] ?? "");
        (form["account"], form["decision"]) = (portalId.ToString(CultureInfo.InvariantCulture), "approve");
        using var content = new FormUrlEncodedContent(form);
        using var answer = await http.PostAsync(new Uri(Address, "/oauth/authorize"), content, cancellationToken);
        return HttpUtility.ParseQueryString(answer.Headers.Location?.Query ?? "")["code"]
            ?? throw new InvalidOperationException($"The fake gave no code: {answer.StatusCode}.");
    }

    private async IAsyncEnumerable<JsonElement> ReadContactsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(
            await fake.Http.GetStreamAsync($"{Account}/objects/contacts", cancellationToken));
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            using var json = JsonDocument.Parse(line);
            yield return json.RootElement;
        }
    }
}
