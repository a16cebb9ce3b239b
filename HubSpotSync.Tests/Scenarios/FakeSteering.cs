using HubSpotSync.FakeHubSpot.Control;
using HubSpotSync.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HubSpotSync.Tests.Scenarios;

/// <summary>What happens to a whole account, and what the fake was asked.</summary>
internal static class FakeSteering
{
    public const string TokenArgument = $"--Fake:Token={Token}";
    public const string ListRoute = "/crm/objects/2026-09/{type}";
    public const string SearchRoute = $"{ListRoute}/search";
    public const string TokenRoute = "/oauth/2026-09/token";
    private const string Token = "token-of-the-tests";
    private const int MostProperties = 100;
    private static readonly string[] Kinds = ["contacts", "companies", "deals"];
    private static readonly string[] Reading = ["/search", "/batch/read"];

    /// <summary>A caller that may do everything, where the fake was started with <see cref="TokenArgument"/>.</summary>
    public static HubSpotCaller Admin(this SyncScenario scenario) => new(scenario.Fake.Url, Token);

    public static RequestLog Requests(this SyncScenario scenario) =>
        scenario.Fake.Services.GetRequiredService<RequestLog>();

    /// <summary>The calls that may have changed something in the account.</summary>
    public static IReadOnlyList<RequestCount> Writes(this SyncScenario scenario) =>
    [
        .. scenario.Requests().Counts.Where(call => call.Method != "GET"
            && !call.Route.StartsWith("/oauth/", StringComparison.Ordinal)
            && !Reading.Any(end => call.Route.EndsWith(end, StringComparison.Ordinal))),
    ];

    /// <summary>Everything that the account holds: any change, even of a modified date alone, changes it.</summary>
    public static async Task<string> DumpAsync(this SyncScenario scenario) => string.Concat(
        await Task.WhenAll(Kinds.Select(kind => scenario.Fake.Http.GetStringAsync(
            new Uri(scenario.Fake.Url, $"/_fake/accounts/{scenario.Fake.PortalId}/objects/{kind}")))));

    /// <summary>Makes or edits many records at once.</summary>
    public static Task BurstAsync(this SyncScenario scenario, string type, object burst) =>
        scenario.Fake.ControlAsync(HttpMethod.Post, Of(scenario, $"objects/{type}/burst"), burst);

    public static Task ExpireTokensAsync(this SyncScenario scenario) =>
        scenario.Fake.ControlAsync(HttpMethod.Post, Of(scenario, "installations/expire"), new { });

    public static Task RemoveScopesAsync(this SyncScenario scenario, params string[] scopes) =>
        scenario.Fake.ControlAsync(
            HttpMethod.Post, Of(scenario, "installations/remove-scopes"), new { remove = scopes });

    /// <summary>What the account's forms demand of a new record, and of one that has a certain value.</summary>
    public static async Task DemandAsync(this SyncScenario scenario, string[] always, params object[] rules)
    {
        await scenario.Fake.ControlAsync(
            HttpMethod.Put, Of(scenario, "objects/contacts/required"), new { properties = always });
        await scenario.Fake.ControlAsync(HttpMethod.Put, Of(scenario, "objects/contacts/required-if"), rules);
    }

    /// <summary>Adds properties to the account's contacts.</summary>
    public static async Task AddPropertiesAsync(this SyncScenario scenario, params IEnumerable<FakeProperty> properties)
    {
        using var admin = scenario.Admin();
        foreach (var inputs in properties.Chunk(MostProperties))
        {
            var made = await admin.PostAsync(
                "/crm/properties/2026-09/contacts/batch/create", new { inputs = inputs.Select(one => one.Body) });
            Assert.True(made.Status == 201, made.Text);
        }
    }

    /// <summary>Connecting asks for counts; from here on only what a test does asks HubSpot.</summary>
    public static Task StagesAreCountedAsync(this SyncScenario scenario) => Eventually.SeeAsync(
        () => scenario.QueryAsync(db => db.Connections.AsNoTracking().SingleAsync()),
        seen => seen.StagesCountedAt is not null,
        SyncScenario.RunLimit,
        "the stages to be counted");

    private static string Of(SyncScenario scenario, string what) => $"accounts/{scenario.Fake.PortalId}/{what}";
}

/// <summary>A property that an admin of the account makes.</summary>
internal sealed record FakeProperty(string Name, string Type, string FieldType, params string[] Options)
{
    public bool IsUnique { get; init; }

    public object Body => new
    {
        name = Name,
        label = Name,
        type = Type,
        fieldType = FieldType,
        groupName = "contactinformation",
        hasUniqueValue = IsUnique,
        options = Options.Select(
            (option, at) => new { label = option, value = option, hidden = false, displayOrder = at }),
    };
}
