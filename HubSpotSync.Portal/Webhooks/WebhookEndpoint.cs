using System.Text.Json;
using HubSpotSync.Data;
using HubSpotSync.Data.Identity;
using HubSpotSync.Data.Webhooks;
using HubSpotSync.HubSpotApi;
using HubSpotSync.HubSpotApi.Webhooks;
using HubSpotSync.Portal.Web;
using Microsoft.Extensions.Options;

namespace HubSpotSync.Portal.Webhooks;

/// <summary>
/// Where HubSpot tells us of changes. It checks who speaks, writes down which records to look at, and answers: the work
/// is the worker's. HubSpot waits five seconds and tells everything again that was not answered with success.
/// </summary>
internal static class WebhookEndpoint
{
    public const string Path = "/hubspot/webhooks";
    private const int LargestBody = 1024 * 1024; // a hundred events are some tens of kilobytes

    /// <summary>The signature is the permission; HubSpot calls as often as things happen.</summary>
    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost(Path, TakeAsync).AllowAnonymous().DisableRateLimiting();

    private static async Task<IResult> TakeAsync(
        HttpRequest request,
        PublicUrl publicUrl,
        IOptions<HubSpotOptions> app,
        TimeProvider clock,
        WebhookGate gate,
        IServiceScopeFactory scopes,
        CancellationToken cancellationToken)
    {
        if (await ReadBodyAsync(request, cancellationToken) is not { } body)
        {
            return TypedResults.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        var address = publicUrl.Of(request, Path).GetLeftPart(UriPartial.Path) + request.QueryString;
        var isHubSpot = WebhookSignature.IsValid(
            app.Value.ClientSecret,
            request.Method,
            address,
            body,
            Only(request.Headers[WebhookSignature.Header]),
            Only(request.Headers[WebhookSignature.TimestampHeader]),
            clock.GetUtcNow());
        if (!isHubSpot)
        {
            return TypedResults.Unauthorized();
        }

        try
        {
            var events = WebhookEvents.Read(body);
            using var turn = await gate.EnterAsync(cancellationToken);
            if (!turn.IsAcquired)
            {
                return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
            }

            await WriteAsync(events, scopes, cancellationToken);
            return TypedResults.NoContent();
        }
        catch (JsonException)
        {
            return TypedResults.BadRequest();
        }
    }

    private static async Task WriteAsync(
        IReadOnlyList<WebhookEvent> events, IServiceScopeFactory scopes, CancellationToken cancellationToken)
    {
        foreach (var account in events.GroupBy(told => told.PortalId))
        {
            ToldOf[] told = [.. account.Select(Told)];
            foreach (var connection in await FindAsync(account.Key, scopes, cancellationToken))
            {
                // One scope each: a context works for one workspace.
                await using var scope = scopes.CreateAsyncScope();
                scope.ServiceProvider.GetRequiredService<CrmDbContext>()
                    .EnterWorkspace(connection.WorkspaceId, "hubspot");
                await scope.ServiceProvider.GetRequiredService<WebhookIntake>()
                    .TakeAsync(connection.ConnectionId, told, cancellationToken);
            }
        }
    }

    private static async Task<List<WorkspaceConnection>> FindAsync(
        long portalId, IServiceScopeFactory scopes, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WorkspaceLookup>()
            .ListOfHubAsync(portalId, cancellationToken);
    }

    private static ToldOf Told(WebhookEvent told) => new(
        told.Kind,
        told.ObjectId,
        told.Key,
        told.OccurredAt,
        told.Happening == WebhookHappening.Modified,
        told.IsOwn,
        told.Happening == WebhookHappening.Erased);

    /// <summary>A header that is there twice is as good as none.</summary>
    private static string? Only(Microsoft.Extensions.Primitives.StringValues values) =>
        values.Count == 1 ? values[0] : null;

    private static async Task<byte[]?> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > LargestBody)
        {
            return null;
        }

        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await request.Body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            body.Write(buffer, 0, read);
            if (body.Length > LargestBody)
            {
                return null;
            }
        }

        return body.ToArray();
    }
}
