using System.Globalization;
using System.Text.Json;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Wire;

namespace HubSpotSync.FakeHubSpot.Webhooks;

/// <summary>HubSpot's API for an app's webhook settings, in the three path families.</summary>
internal static class WebhookManagement
{
    private const string Newest = "/app-webhooks/2026-09/{appId}";

    public static void MapWebhooks(this WebApplication app)
    {
        foreach (var path in (string[])["/webhooks/v3/{appId}", "/webhooks/2026-03/{appId}", Newest])
        {
            var isNewest = path == Newest;
            var group = app.MapGroup(path).AddEndpointFilter<RouteGroupBuilder, DeveloperAuthorization>();
            group.MapGet("/settings", (WebhookSubscriptions all) => ShowSettings(all, isNewest));
            group.MapPut(
                "/settings", (HttpRequest request, WebhookSubscriptions all) => PutAsync(request, all, isNewest));
            group.MapDelete("/settings", DeleteSettings);
            group.MapGet("/subscriptions", List);
            group.MapPost(
                "/subscriptions", (HttpContext http, WebhookSubscriptions all) => CreateAsync(http, all, isNewest));
            group.MapPost("/subscriptions/batch/update", UpdateManyAsync);
            group.MapGet("/subscriptions/{id:int}", One);
            group.MapPatch("/subscriptions/{id:int}", UpdateAsync);
            group.MapDelete("/subscriptions/{id:int}", Delete);
        }
    }

    /// <summary>Settings as the management API takes them; the control API shares it.</summary>
    public static WebhookTarget Point(WebhookSubscriptions all, string? targetUrl, JsonElement throttling)
    {
        if (!WebhookTarget.IsAllowed(targetUrl))
        {
            throw Refuse.Validation("targetUrl must be an https address, or http on this machine.");
        }

        var period = throttling.Text("period") ?? WebhookTarget.Secondly;
        if (period is not (WebhookTarget.Secondly or WebhookTarget.RollingMinute))
        {
            throw Refuse.Validation($"Invalid input JSON: {period} is not a period.");
        }

        return int.TryParse(
            throttling.Text("maxConcurrentRequests"), NumberStyles.None, CultureInfo.InvariantCulture, out var most)
            && most >= WebhookTarget.LeastConcurrentRequests
            ? all.Point(targetUrl!, most, period) // IsAllowed refuses null
            : throw Refuse.Validation("maxConcurrentRequests must be greater than 5.");
    }

    private static IResult ShowSettings(WebhookSubscriptions all, bool isNewest) =>
        all.Target is { } target
            ? FakeJson.Ok(WebhookBodies.Settings(target, withPeriod: !isNewest))
            : throw Refuse.ResourceNotFound("Webhook settings");

    private static async Task<IResult> PutAsync(HttpRequest request, WebhookSubscriptions all, bool isNewest)
    {
        var body = (await JsonBody.ReadAsync(request)).Root;
        var throttling = body.Child("throttling") ?? throw Refuse.Validation(
            "Invalid input JSON: throttling is missing.");
        return FakeJson.Ok(
            WebhookBodies.Settings(Point(all, body.Text("targetUrl"), throttling), withPeriod: !isNewest));
    }

    private static IResult DeleteSettings(WebhookSubscriptions all)
    {
        all.RemoveTarget();
        return FakeJson.NoContent;
    }

    private static IResult List(WebhookSubscriptions all) =>
        FakeJson.Ok(new PageBody<object>([.. all.All.Select(WebhookBodies.Subscription)]));

    private static async Task<IResult> CreateAsync(HttpContext http, WebhookSubscriptions all, bool isNewest)
    {
        var body = (await JsonBody.ReadAsync(http.Request)).Root;
        if (isNewest && body.Child("active") is null)
        {
            throw Refuse.Validation("Invalid input JSON: active is missing.");
        }

        var created = all.Add(NewSubscription.Read(body, activeUnasked: false));
        http.Response.Headers.Location =
            $"{http.Request.Scheme}://{http.Request.Host}{http.Request.Path}/{created.Id}";
        return FakeJson.Answer(201, WebhookBodies.Subscription(created));
    }

    private static IResult One(WebhookSubscriptions all, int id) =>
        FakeJson.Ok(WebhookBodies.Subscription(all.Find(id) ?? throw NotFound(id)));

    private static async Task<IResult> UpdateAsync(HttpRequest request, WebhookSubscriptions all, int id)
    {
        var found = all.Find(id) ?? throw NotFound(id);
        var body = (await JsonBody.ReadAsync(request)).Root;
        var active = body.Child("active") is null ? found.Active : Active(body);
        return FakeJson.Ok(WebhookBodies.Subscription(all.Activate(id, active) ?? throw NotFound(id)));
    }

    private static IResult Delete(WebhookSubscriptions all, int id) =>
        all.Remove(id) ? FakeJson.NoContent : throw NotFound(id);

    private static async Task<IResult> UpdateManyAsync(HttpRequest request, WebhookSubscriptions all, FakeClock clock)
    {
        var wanted = (await JsonBody.ReadAsync(request)).Root.Inputs(WebhookSubscriptions.Most)
            .Select(input => (Id: Id(input), Active: Active(input)))
            .ToList();
        var changed = wanted.Select(item => all.Activate(item.Id, item.Active)).OfType<WebhookSubscription>().ToList();
        var missing = wanted.Select(item => item.Id).Except(changed.Select(subscription => subscription.Id));
        return BatchBody<object>.Answer(
            clock.Now, [.. changed.Select(WebhookBodies.Subscription)], [.. missing.Select(WebhookBodies.NotFound)]);
    }

    private static int Id(JsonElement input) =>
        int.TryParse(input.Text("id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw Refuse.Validation("Invalid input JSON: id must be a number.");

    private static bool Active(JsonElement input) =>
        input.Child("active")?.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Refuse.Validation("Invalid input JSON: active must be true or false."),
        };

    private static RefusalException NotFound(int id) => new(404, WebhookBodies.NotFound(id));
}
