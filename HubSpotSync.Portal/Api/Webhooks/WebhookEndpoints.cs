using HubSpotSync.Data.Api;
using HubSpotSync.Portal.Api.Http;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.OutgoingWebhooks;

namespace HubSpotSync.Portal.Api.Webhooks;

internal sealed record DeliveriesQuery : PageQuery;

/// <summary>Webhooks set up by programs, and the log of what they were told.</summary>
internal static class WebhookEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapApiGroup("/api/webhooks", "Webhooks");
        group.MapGet("", async (WebhookBook book, CancellationToken cancelled) =>
                TypedResults.Ok(new WebhooksView([.. (await book.ReadAsync(cancelled)).Select(WebhookView.Of)])))
            .As("listWebhooks", ApiScopes.WebhooksAdmin, "List webhooks")
            .Produces<WebhooksView>();
        group.MapPost("", AddAsync)
            .As("createWebhook", ApiScopes.WebhooksAdmin, "Set up a webhook; its secret is told once")
            .Produces<WebhookWithSecret>(StatusCodes.Status201Created)
            .MayBeRefused()
            .TellsSecret();
        group.MapGet("/{id:guid}", async (Guid id, WebhookBook book, CancellationToken cancelled) =>
                await book.FindAsync(id, cancelled) is { } webhook
                    ? TypedResults.Ok(WebhookView.Of(webhook))
                    : (IResult)ApiProblem.NotFound())
            .As("getWebhook", ApiScopes.WebhooksAdmin, "Read a webhook")
            .Produces<WebhookView>();
        group.MapPatch("/{id:guid}", ChangeAsync)
            .As("updateWebhook", ApiScopes.WebhooksAdmin, "Change a webhook, switch it off or on")
            .Produces<WebhookView>()
            .MayBeRefused();
        group.MapDelete("/{id:guid}", async (Guid id, WebhookBook book, CancellationToken cancelled) =>
                await book.DeleteAsync(id, null, cancelled) ? TypedResults.NoContent() : (IResult)ApiProblem.NotFound())
            .As("deleteWebhook", ApiScopes.WebhooksAdmin, "Delete a webhook and its log")
            .Produces(StatusCodes.Status204NoContent);
        group.MapPost("/{id:guid}/secret", async (Guid id, WebhookBook book, CancellationToken cancelled) =>
                Told(await book.RollAsync(id, null, cancelled), isNew: false))
            .As("rollWebhookSecret", ApiScopes.WebhooksAdmin, "Make a new secret; the old one signs as well for a day")
            .Produces<WebhookWithSecret>()
            .TellsSecret();
        MapDeliveries(group);
    }

    private static void MapDeliveries(RouteGroupBuilder group)
    {
        group.MapPost("/{id:guid}/test", async (Guid id, DeliveryLog log, CancellationToken cancelled) =>
                await log.TestAsync(id, cancelled)
                    ? TypedResults.Accepted((string?)null)
                    : (IResult)ApiProblem.NotFound())
            .As("testWebhook", ApiScopes.WebhooksAdmin, "Send a webhook.test, to see whether it arrives")
            .Produces(StatusCodes.Status202Accepted);
        group.MapGet("/{id:guid}/deliveries", ListAsync)
            .As("listDeliveries", ApiScopes.WebhooksAdmin, "List what a webhook was told, the last first")
            .Produces<PageOf<DeliveryView>>();
        group.MapPost("/{id:guid}/deliveries/{delivery:guid}/redeliver", async (
                Guid id, Guid delivery, DeliveryLog log, CancellationToken cancelled) =>
                await log.AgainAsync(id, delivery, cancelled)
                    ? TypedResults.Accepted((string?)null)
                    : (IResult)ApiProblem.NotFound())
            .As("redeliver", ApiScopes.WebhooksAdmin, "Tell it once more")
            .Produces(StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> AddAsync(
        JsonBody<NewWebhookInput> input, WebhookBook book, HttpContext http, CancellationToken cancellationToken)
    {
        var answer = await book.AddAsync(
            new WebhookWish(input.Value.Url, input.Value.Events, true), null, cancellationToken);
        http.Response.Headers.Location = answer.Webhook is null ? default : $"/api/webhooks/{answer.Webhook.Id}";
        return Told(answer, isNew: true);
    }

    private static async Task<IResult> ChangeAsync(
        Guid id, JsonBody<WebhookInput> input, WebhookBook book, CancellationToken cancellationToken)
    {
        var wish = new WebhookWish(input.Value.Url, input.Value.Events, input.Value.IsOn);
        return await book.ChangeAsync(id, wish, null, cancellationToken) switch
        {
            null => ApiProblem.NotFound(),
            { Webhook: { } webhook } => TypedResults.Ok(WebhookView.Of(webhook)),
            var answer => ApiProblem.Invalid(answer.Problems),
        };
    }

    private static async Task<IResult> ListAsync(
        Guid id, [AsParameters] DeliveriesQuery asked, WebhookBook book, DeliveryLog log,
        CancellationToken cancellationToken)
    {
        var (place, problem) = asked.Read("told");
        if (problem is not null || await book.FindAsync(id, cancellationToken) is null)
        {
            return problem ?? ApiProblem.NotFound();
        }

        var rows = await log.ReadAsync(id, place!.After, place.Limit + 1, cancellationToken); // there without a problem
        return TypedResults.Ok(PageOf<DeliveryView>.Of(
            rows, place, row => new ListCursor(ListCursor.KeyOf(row.OccurredAt), row.Id, IsAfter: true),
            page => [.. page.Select(DeliveryView.Of)]));
    }

    private static IResult Told(WebhookAnswer? answer, bool isNew) => answer switch
    {
        null => ApiProblem.NotFound(),
        { Webhook: { } webhook, Secret: { } secret } => isNew
            ? TypedResults.Created((string?)null, new WebhookWithSecret(WebhookView.Of(webhook), secret))
            : TypedResults.Ok(new WebhookWithSecret(WebhookView.Of(webhook), secret)),
        _ => ApiProblem.Invalid(answer.Problems),
    };
}
