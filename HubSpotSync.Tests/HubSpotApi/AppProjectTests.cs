using System.Text;
using System.Text.Json;
using System.Web;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.HubSpotApi.OAuth;
using HubSpotSync.HubSpotApi.Webhooks;
using HubSpotSync.Portal.Pages.Settings.Integrations.HubSpot;
using HubSpotSync.Portal.Webhooks;
using HubSpotSync.Tests.Architecture;
using HubSpotSync.Tests.Infrastructure;

namespace HubSpotSync.Tests.HubSpotApi;

/// <summary>
/// The project that is uploaded to HubSpot (hubspot-app) and the code say the same. HubSpot refuses an install that
/// asks for other scopes than the project declares, and never tells of what nobody subscribed to.
/// </summary>
public sealed class AppProjectTests
{
    private static readonly JsonElement App = Read("src/app/app-hsmeta.json").GetProperty("config");
    private static readonly JsonElement Auth = App.GetProperty("auth");
    private static readonly JsonElement Webhooks = Read("src/app/webhooks/webhooks-hsmeta.json").GetProperty("config");
    private static readonly SyncMode[] Modes = Enum.GetValues<SyncMode>();

    [Fact]
    public void It_is_an_OAuth_app_of_the_platform_that_is_current()
    {
        var project = Read("hsproject.json");

        Assert.Equal(("src", "2026.09"), (Text(project, "srcDir"), Text(project, "platformVersion")));
        Assert.Equal(("marketplace", "oauth"), (Text(App, "distribution"), Text(Auth, "type")));
    }

    [Fact]
    public void Required_is_what_every_mode_requires_and_conditional_what_some_do()
    {
        string[] all = [.. Modes.SelectMany(HubSpotScopes.Required).Distinct().Order()];
        string[] always =
        [
            .. Modes.Select(mode => HubSpotScopes.Required(mode).AsEnumerable())
                .Aggregate(Enumerable.Intersect).Order(),
        ];

        Assert.Equal(always, Scopes("requiredScopes"));
        Assert.Equal(all.Except(always), Scopes("conditionallyRequiredScopes"));
    }

    [Fact]
    public void Optional_is_what_some_mode_asks_for_and_none_requires()
    {
        string[] optional = [.. Modes.SelectMany(HubSpotScopes.Optional).Distinct().Order()];

        Assert.Equal(optional, Scopes("optionalScopes"));
        Assert.Empty(optional.Intersect(Modes.SelectMany(HubSpotScopes.Required)));
    }

    [Theory]
    [InlineData(SyncMode.TwoWay)]
    [InlineData(SyncMode.HubSpotIsSource)]
    [InlineData(SyncMode.LocalIsSource)]
    public async Task HubSpot_takes_the_address_of_each_mode(SyncMode mode)
    {
        await using var client = await HubSpotClient.StartAsync(new Uri("https://app.example.com"));

        var url = client.OAuth.AuthorizeUrl(mode, "state", new Uri(Auth.GetProperty("redirectUrls")[0].GetString()!));

        var asked = HttpUtility.ParseQueryString(url.Query);
        var scopes = asked["scope"]!.Split(' '); // every address has both
        var optional = asked["optional_scope"]!.Split(' ');
        Assert.Superset(Scopes("requiredScopes").ToHashSet(), scopes.ToHashSet());
        Assert.Subset(
            Scopes("requiredScopes").Concat(Scopes("conditionallyRequiredScopes")).ToHashSet(), scopes.ToHashSet());
        Assert.Subset(Scopes("optionalScopes").ToHashSet(), optional.ToHashSet());
    }

    [Fact]
    public void People_and_events_come_to_the_portal_by_https()
    {
        var redirects = Auth.GetProperty("redirectUrls").EnumerateArray().Select(url => new Uri(url.GetString()!));
        var target = new Uri(Text(Webhooks.GetProperty("settings"), "targetUrl")!); // the file has one

        Assert.Equal((Uri.UriSchemeHttps, WebhookEndpoint.Path), (target.Scheme, target.PathAndQuery));
        Assert.Equal([new Uri(target, CallbackModel.Path)], redirects);
    }

    [Fact]
    public void It_hears_of_every_mapped_property_and_of_all_else_that_asks_for_a_look()
    {
        string[] wanted =
        [
            "contact.privacyDeletion",
            .. from kind in Enum.GetValues<RecordKind>()
               from happening in (string[])["creation", "deletion", "merge", "restore", "associationChange"]
               select $"{Name(kind)} object.{happening}",
            .. from kind in Enum.GetValues<RecordKind>()
               from property in Modes.SelectMany(mode => new SyncPolicy(mode, []).MapOf(kind).Fields)
                   .Select(field => field.HubSpotProperty).Distinct()
               select $"{Name(kind)} object.propertyChange {property}",
        ];

        Assert.Equal(wanted.Order(), Subscriptions().Select(one => one.ToString()).Order());
    }

    [Fact]
    public void What_it_hears_of_is_understood()
    {
        Assert.All(Subscriptions(), subscription =>
        {
            var heard = Assert.Single(WebhookEvents.Read(Event(subscription)));

            var linked = subscription.Happening == "associationChange";
            var about = linked && subscription.ObjectType == "company" ? "contact" : subscription.ObjectType;
            Assert.Equal(about ?? "contact", Name(heard.Kind));
            Assert.Equal(
                subscription.Happening switch
                {
                    "creation" or "propertyChange" => WebhookHappening.Modified,
                    "privacyDeletion" => WebhookHappening.Erased,
                    _ => WebhookHappening.Moved,
                },
                heard.Happening);
        });
    }

    [Fact]
    public async Task The_fake_tells_by_itself_what_the_project_asks_for()
    {
        await using var host = await FakeHubSpotHost.StartAsync(
            TestContext.Current.CancellationToken, ["--Fake:Webhooks:TargetUrl=http://localhost:5010/hooks"]);
        using var control = host.Anonymous();
        var usual = await ShowAsync(control);

        var deployed = await control.PutAsync("/_fake/webhooks", new
        {
            targetUrl = "http://localhost:5010/hooks",
            maxConcurrentRequests = Webhooks.GetProperty("settings").GetProperty("maxConcurrentRequests").GetInt32(),
            subscriptions = Declared(),
        });

        Assert.Equal(200, deployed.Status);
        Assert.Equal(await ShowAsync(control), usual);
    }

    private static async Task<List<string>> ShowAsync(HubSpotCaller control)
    {
        var shown = await control.GetAsync("/_fake/webhooks");
        return
        [
            .. shown.Json.GetProperty("subscriptions").EnumerateArray()
                .Where(one => one.GetProperty("active").GetBoolean())
                .Select(one => string.Join(
                    ' ', TypeId(Text(one, "objectTypeId")), Text(one, "eventType"), Text(one, "propertyName")))
                .Order(),
        ];
    }

    /// <summary>An event of the kind subscribed to, as HubSpot words it.</summary>
    private static byte[] Event(Subscription subscription)
    {
        var typeId = TypeId(subscription.ObjectType);
        var told = new Dictionary<string, object?>
        {
            ["eventId"] = 1, ["portalId"] = 12345, ["appId"] = 4455, ["occurredAt"] = 1_790_000_000_000,
            ["subscriptionType"] = subscription.Type, ["propertyName"] = subscription.Property,
        };
        if (subscription.Happening == "associationChange")
        {
            told["fromObjectTypeId"] = typeId;
            told["fromObjectId"] = 7;
            told["toObjectTypeId"] = typeId == "0-1" ? "0-2" : "0-1";
            told["toObjectId"] = 8;
        }
        else
        {
            (told["objectId"], told["objectTypeId"]) = (7, typeId);
        }

        return Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new[] { told }));
    }

    private static IEnumerable<JsonElement> Declared() =>
        Webhooks.GetProperty("subscriptions").EnumerateObject().SelectMany(group => group.Value.EnumerateArray());

    private static IEnumerable<Subscription> Subscriptions() => Declared()
        .Where(one => one.GetProperty("active").GetBoolean())
        .Select(one => new Subscription(
            Text(one, "subscriptionType")!, Text(one, "objectType"), Text(one, "propertyName"))); // each has a type

    private static IEnumerable<string> Scopes(string kind) =>
        Auth.GetProperty(kind).EnumerateArray().Select(scope => scope.GetString()!).Order(); // an array of text

    private static string Name(RecordKind kind) => kind.ToString().ToLowerInvariant();

    private static string? TypeId(string? name) => name switch
    {
        "contact" => "0-1",
        "company" => "0-2",
        "deal" => "0-3",
        _ => name,
    };

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static JsonElement Read(string file) => JsonSerializer.Deserialize<JsonElement>(
        File.ReadAllText(Path.Combine(Repository.Root, "hubspot-app", file)));

    private sealed record Subscription(string Type, string? ObjectType, string? Property)
    {
        public string Happening => Type.Split('.')[1];

        public override string ToString() =>
            string.Join(' ', new[] { ObjectType, Type, Property }.OfType<string>());
    }
}
