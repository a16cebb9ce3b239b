using System.Security.Cryptography;
using System.Text;
using HubSpotSync.Data;
using HubSpotSync.Data.Identity;
using HubSpotSync.Data.Runs;

namespace HubSpotSync.Portal.Api;

/// <summary>Lets the operator of an installation start a sync of every connected account.</summary>
internal static class SyncNowEndpoint
{
    public const string Header = "X-Operator-Key";

    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/internal/sync-now", RequestAsync).AllowAnonymous(); // the key is the permission

    private static async Task<IResult> RequestAsync(
        HttpRequest request,
        IConfiguration configuration,
        IServiceScopeFactory scopes,
        CancellationToken cancellationToken)
    {
        if (configuration["Operator:Key"] is not { Length: > 0 } key)
        {
            return TypedResults.NotFound();
        }

        if (!Same(request.Headers[Header].ToString(), key))
        {
            return TypedResults.Unauthorized();
        }

        List<WorkspaceConnection> connections;
        await using (var scope = scopes.CreateAsyncScope())
        {
            connections = await scope.ServiceProvider.GetRequiredService<WorkspaceLookup>()
                .ListConnectedAsync(cancellationToken);
        }

        var runs = new List<Guid>();
        foreach (var connection in connections)
        {
            // One scope each: a context works for one workspace.
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CrmDbContext>().EnterWorkspace(connection.WorkspaceId, "operator");
            var run = await scope.ServiceProvider.GetRequiredService<RunRequests>()
                .RequestAsync(connection.ConnectionId, RunTrigger.Manual, RunDepth.Changes, null, cancellationToken);
            runs.Add(run.Id);
        }

        return TypedResults.Ok(new { runs });
    }

    private static bool Same(string given, string wanted) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(wanted)));
}
