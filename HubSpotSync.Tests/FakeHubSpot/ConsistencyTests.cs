using System.Globalization;
using System.Text.Json;
using HubSpotSync.Tests.Infrastructure;

namespace HubSpotSync.Tests.FakeHubSpot;

/// <summary>
/// After any run of calls the fake is one consistent account: what it holds is what the calls said, histories are in
/// order, merged ids lead somewhere, links have two ends, and search finds what a scan finds.
/// </summary>
public sealed class ConsistencyTests
{
    private const int Operations = 10_000;

    public static readonly TheoryData<int> Seeds = [.. Enumerable.Range(1, 10)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Ten_thousand_random_calls_leave_one_consistent_account(int seed)
    {
        await using var host = await FakeHubSpotHost.StartAsync(
            TestContext.Current.CancellationToken, ["--Fake:Contacts=0", "--Fake:Companies=0", "--Fake:Deals=0"]);
        using var api = host.Connect();
        using var person = host.Anonymous();
        var script = new RandomScript(host, api, person, seed);

        await script.RunAsync(Operations);
        host.Time.Advance(TimeSpan.FromSeconds(3));
        using var later = host.Connect(); // the script may have outlived its token

        var live = await ReadAllAsync(later, archived: false);
        AssertSame(script.Contacts.Live, live);
        AssertSame(script.Contacts.Archived, await ReadAllAsync(later, archived: true));
        Assert.All(live.Values, AssertHistoryInOrder);
        AssertLinksHaveTwoEnds(script, live);
        await AssertMergedIdsLeadSomewhereAsync(script, later);
        await AssertSearchEqualsScanAsync(later, live);
    }

    private static async Task<Dictionary<string, JsonElement>> ReadAllAsync(HubSpotCaller api, bool archived)
    {
        var found = new Dictionary<string, JsonElement>();
        string? after = "0";
        while (after is not null)
        {
            var page = await api.GetAsync(
                $"{Sample.Contacts}?limit=50&after={after}&archived={archived}&properties=email,firstname,city"
                + "&propertiesWithHistory=email,firstname,city&associations=companies");
            Assert.Equal(200, page.Status);
            foreach (var record in page.Results)
            {
                Assert.True(found.TryAdd(record.GetProperty("id").GetString()!, record)); // every record has an id
            }

            after = page.At("paging.next.after");
        }

        return found;
    }

    private static void AssertSame(
        IReadOnlyDictionary<string, Dictionary<string, string>> expected, Dictionary<string, JsonElement> actual)
    {
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        foreach (var (id, values) in expected)
        {
            foreach (var (name, value) in values)
            {
                Assert.Equal(value, actual[id].GetProperty("properties").GetProperty(name).GetString() ?? "");
            }
        }
    }

    private static void AssertHistoryInOrder(JsonElement record)
    {
        foreach (var property in record.GetProperty("propertiesWithHistory").EnumerateObject())
        {
            var versions = property.Value.EnumerateArray().ToList();
            var times = versions.Select(version => version.GetProperty("timestamp").GetDateTimeOffset()).ToList();
            Assert.Equal(times.OrderDescending(), times);
            if (versions.Count > 0)
            {
                var current = record.GetProperty("properties").GetProperty(property.Name).GetString();
                Assert.Equal(current, versions[0].GetProperty("value").GetString());
            }
        }
    }

    private static void AssertLinksHaveTwoEnds(RandomScript script, Dictionary<string, JsonElement> live)
    {
        foreach (var (id, record) in live)
        {
            var links = record.TryGetProperty("associations", out var associations)
                ? associations.GetProperty("companies").GetProperty("results").EnumerateArray()
                    .Select(link => link.GetProperty("id").GetString() ?? "").ToHashSet()
                : [];
            Assert.Equal(script.Links.GetValueOrDefault(id, []).Order(), links.Order());
            Assert.Subset(script.Companies.ToHashSet(), links);
        }
    }

    private static async Task AssertMergedIdsLeadSomewhereAsync(RandomScript script, HubSpotCaller api)
    {
        foreach (var old in script.Contacts.MergedInto.Keys)
        {
            var end = script.Contacts.Follow(old);
            var answer = await api.GetAsync(
                $"{Sample.Contacts}/{old}?archived={script.Contacts.Archived.ContainsKey(end)}");
            if (script.Contacts.Erased.Contains(end))
            {
                Assert.Equal(404, answer.Status);
            }
            else
            {
                Assert.Equal(end, answer.At("id"));
            }
        }
    }

    private static async Task AssertSearchEqualsScanAsync(HubSpotCaller api, Dictionary<string, JsonElement> live)
    {
        foreach (var city in (string[])["Graz", "Linz", "Wien", "Wels", "Enns"])
        {
            var scanned = live.Where(pair => Value(pair.Value, "city") == city).Select(pair => pair.Key);
            var filter = new { propertyName = "city", @operator = "EQ", value = city };
            Assert.Equal(Sorted(scanned), await SearchAsync(api, filter));
        }

        var unnamed = live.Where(pair => Value(pair.Value, "city") is null or "").Select(pair => pair.Key);
        Assert.Equal(
            Sorted(unnamed), await SearchAsync(api, new { propertyName = "city", @operator = "NOT_HAS_PROPERTY" }));

        static string? Value(JsonElement record, string name) =>
            record.GetProperty("properties").GetProperty(name).GetString();

        static IEnumerable<string> Sorted(IEnumerable<string> ids) =>
            ids.OrderBy(id => long.Parse(id, CultureInfo.InvariantCulture));
    }

    private static async Task<List<string>> SearchAsync(HubSpotCaller api, object filter)
    {
        var found = new List<string>();
        string? after = "0";
        while (after is not null)
        {
            var page = await api.PostAsync($"{Sample.Contacts}/search", new
            {
                filterGroups = new[] { new { filters = new[] { filter } } },
                sorts = new[] { new { propertyName = "hs_object_id", direction = "ASCENDING" } },
                properties = Array.Empty<string>(),
                limit = 200,
                after,
            });
            Assert.Equal(200, page.Status);
            found.AddRange(page.Results.Select(record => record.GetProperty("id").GetString() ?? ""));
            after = page.At("paging.next.after");
        }

        return found;
    }
}
