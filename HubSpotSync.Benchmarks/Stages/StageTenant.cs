using HubSpotSync.Core.Planning;
using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Runs;
using HubSpotSync.HubSpotApi.OAuth;
using HubSpotSync.Tests.Scenarios;
using Microsoft.Extensions.DependencyInjection;

namespace HubSpotSync.Benchmarks.Stages;

/// <summary>A workspace and what its admin does in the portal: connects an account, asks for runs.</summary>
internal sealed class StageTenant(
    StageDatabase database, IServiceProvider services, StageHubSpot hubSpot, Guid workspaceId, int portalId)
{
    private static readonly Uri Redirect = new("http://localhost/hubspot/callback");
    private static readonly TimeSpan LongestRun = TimeSpan.FromHours(1);

    private Guid _connectionId;

    public Guid WorkspaceId => workspaceId;

    public int PortalId => portalId;

    /// <summary>Connects both ways, without a schedule, and waits until the account was counted.</summary>
    /// <param name="stages">Whose contacts come; empty for all.</param>
    public async Task ConnectAsync(string[] stages, CancellationToken cancellationToken)
    {
        _connectionId = await WithAsync(async (services, db) =>
        {
            var oauth = services.GetRequiredService<HubSpotOAuth>();
            var code = await hubSpot.ConsentAsync(
                oauth.AuthorizeUrl(SyncMode.TwoWay, "state", Redirect), portalId, cancellationToken);
            var tokens = await oauth.ExchangeAsync(code, Redirect, cancellationToken);
            var connection = await services.GetRequiredService<ConnectionRegistry>().ConnectAsync(
                new NewConnection(portalId, "Benchmark", "app.hubspot.com")
                {
                    Mode = SyncMode.TwoWay,
                    AccessToken = tokens.AccessToken,
                    RefreshToken = tokens.RefreshToken,
                    ExpiresIn = tokens.ExpiresIn,
                    Scopes = [.. tokens.Scopes],
                    ConnectedBy = await SyncScenario.EnsureOwnerAsync(db),
                },
                cancellationToken);
            (connection.LifecycleStages, connection.Schedule) = (stages, "");
            await db.SaveChangesAsync(cancellationToken);
            return connection.Id;
        });
        await Wait.UntilAsync(
            () => database.ScalarAsync<bool>(
                $"select stages_counted_at is not null from hubspot_connections where id = '{_connectionId}'",
                cancellationToken),
            TimeSpan.FromMinutes(2),
            "the account to be counted",
            cancellationToken);
    }

    /// <summary>Asks for a run and waits until it is done.</summary>
    public async Task<StageRun> RunAsync(RunDepth depth, CancellationToken cancellationToken)
    {
        var run = await WithAsync((services, _) => services.GetRequiredService<RunRequests>().RequestAsync(
            _connectionId, RunTrigger.Manual, depth, null, cancellationToken));
        await Wait.UntilAsync(
            () => database.ScalarAsync<bool>(
                $"select state not in ('Waiting', 'Running') from sync_runs where id = '{run.Id}'", cancellationToken),
            LongestRun,
            "the run to end",
            cancellationToken);
        var state = await database.ScalarAsync<string>(
            $"select state || coalesce(': ' || last_error, '') from sync_runs where id = '{run.Id}'",
            cancellationToken);
        return state == nameof(RunState.Done)
            ? new StageRun(await TimeAsync("started_at"), await TimeAsync("requested_at"))
            : throw new InvalidOperationException($"A run ended as {state}");

        Task<TimeSpan> TimeAsync(string from) => database.ScalarAsync<TimeSpan>(
            $"select finished_at - {from} from sync_runs where id = '{run.Id}'", cancellationToken);
    }

    private async Task<T> WithAsync<T>(Func<IServiceProvider, CrmDbContext, Task<T>> act)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        db.EnterWorkspace(workspaceId, "benchmark");
        return await act(scope.ServiceProvider, db);
    }
}

/// <param name="Time">From the moment that a worker began.</param>
/// <param name="TimeSinceAsked">With the time in which no worker was free.</param>
internal readonly record struct StageRun(TimeSpan Time, TimeSpan TimeSinceAsked);
