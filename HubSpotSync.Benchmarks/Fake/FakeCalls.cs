using System.Globalization;
using System.Net.Http.Json;

namespace HubSpotSync.Benchmarks.Fake;

/// <summary>The calls a sync makes most, at random places of an account.</summary>
internal sealed class FakeCalls(int contacts)
{
    private const string Contacts = "/crm/objects/2026-09/contacts";
    private const long FirstId = 1001;

    private static readonly string[] Properties =
    [
        "email", "firstname", "lastname", "phone", "company",
        "jobtitle", "city", "country", "lifecyclestage", "hubspot_owner_id",
    ];

    private static readonly string Names = string.Join(',', Properties);

    public HttpRequestMessage Page()
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"{Contacts}?limit=100&after={Id()}&properties={Names}");
        return new HttpRequestMessage(HttpMethod.Get, path);
    }

    public HttpRequestMessage BatchRead() => Post("batch/read", new
    {
        inputs = Ids().Select(id => new { id }),
        properties = Properties,
    });

    public HttpRequestMessage BatchUpdate() => Post("batch/update", new
    {
        inputs = Ids().Select(id => new { id, properties = new { city = "Graz" } }),
    });

    /// <summary>What changed in the last days of the seeded account: few of many.</summary>
    public static HttpRequestMessage SearchChanged() => Post("search", new
    {
        filterGroups = new[]
        {
            new
            {
                filters = new[]
                {
                    new { propertyName = "lastmodifieddate", @operator = "GTE", value = "1748700000000" },
                },
            },
        },
        sorts = new[] { new { propertyName = "hs_object_id", direction = "ASCENDING" } },
        properties = Properties,
        limit = 200,
    });

    private static HttpRequestMessage Post(string call, object body) =>
        new(HttpMethod.Post, $"{Contacts}/{call}") { Content = JsonContent.Create(body) };

    private long Id() => FirstId + Random.Shared.Next(Math.Max(1, contacts - 200));

    private HashSet<string> Ids()
    {
        var ids = new HashSet<string>();
        while (ids.Count < 100)
        {
            ids.Add(Id().ToString(CultureInfo.InvariantCulture));
        }

        return ids;
    }
}
