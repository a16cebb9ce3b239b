using HubSpotSync.Core.Planning;
using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Identity;
using HubSpotSync.Data.Runs;
using HubSpotSync.HubSpotApi.OAuth;
using HubSpotSync.Worker;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HubSpotSync.Benchmarks.Stages;

/// <summary>
/// What an admin does in the portal: connects the account, asks for runs. Done out of a worker's container that is
/// never started.
/// </summary>
internal sealed class StageEngine : IAsyncDisposable
{
    private static readonly Uri Redirect = new("http://localhost/hubspot/callback");
    private static readonly string[] UsualStages = ["customer", "subscriber"];
    private static readonly TimeSpan LongestRun = TimeSpan.FromHours(1);

    private readonly StageDatabase _database;
    private readonly WebApplication _services;
    private Guid _connectionId;

    private StageEngine(StageDatabase database, WebApplication services, Guid workspaceId) =>
        (_database, _services, WorkspaceId) = (database, services, workspaceId);

    public Guid WorkspaceId { get; }

    public static async Task<StageEngine> OpenAsync(
        StageDatabase database, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var workspace = await database.ScalarAsync<Guid>("select id from workspaces", cancellationToken);
        var services = WorkerApp.Build([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(
                setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value)));
            builder.Logging.ClearProviders();
        });
        return new StageEngine(database, services, workspace);
    }

    /// <summary>Connects both ways, without a schedule, and waits until the account was counted.</summary>
    public Task ConnectAsync(StageHubSpot hubSpot, CancellationToken cancellationToken) =>
        ConnectAsync(hubSpot, UsualStages, cancellationToken);

    /// <param name="stages">Whose contacts come; empty for all.</param>
    public async Task ConnectAsync(StageHubSpot hubSpot, string[] stages, CancellationToken cancellationToken)
    {
        _connectionId = await WithAsync(async (services, db) =>
        {
            var oauth = services.GetRequiredService<HubSpotOAuth>();
            var code = await hubSpot.ConsentAsync(
                oauth.AuthorizeUrl(SyncMode.TwoWay, "state", Redirect), cancellationToken);
            var tokens = await oauth.ExchangeAsync(code, Redirect, cancellationToken);
            var connection = await services.GetRequiredService<ConnectionRegistry>().ConnectAsync(
                new NewConnection(StageHubSpot.PortalId, "Benchmark", "app.hubspot.com")
                {
                    Mode = SyncMode.TwoWay,
                    AccessToken = tokens.AccessToken,
                    RefreshToken = tokens.RefreshToken,
                    ExpiresIn = tokens.ExpiresIn,
                    Scopes = [.. tokens.Scopes],
                    ConnectedBy = await AddOwnerAsync(db, cancellationToken),
                },
                cancellationToken);
            (connection.LifecycleStages, connection.Schedule) = (stages, "");
            await db.SaveChangesAsync(cancellationToken);
            return connection.Id;
        });
        await Wait.UntilAsync(
            () => _database.ScalarAsync<bool>(
                "select stages_counted_at is not null from hubspot_connections", cancellationToken),
            TimeSpan.FromMinutes(2),
            "the account to be counted",
            cancellationToken);
    }

    /// <summary>Asks for a run and waits until it is done.</summary>
    /// <returns>How long it took, from the moment that a worker began.</returns>
    public async Task<TimeSpan> RunAsync(RunDepth depth, CancellationToken cancellationToken)
    {
        var run = await WithAsync((services, _) => services.GetRequiredService<RunRequests>().RequestAsync(
            _connectionId, RunTrigger.Manual, depth, null, cancellationToken));
        await Wait.UntilAsync(
            () => _database.ScalarAsync<bool>(
                $"select state not in ('Waiting', 'Running') from sync_runs where id = '{run.Id}'", cancellationToken),
            LongestRun,
            "the run to end",
            cancellationToken);
        var state = await _database.ScalarAsync<string>(
            $"select state || coalesce(': ' || last_error, '') from sync_runs where id = '{run.Id}'",
            cancellationToken);
        return state == nameof(RunState.Done)
            ? await _database.ScalarAsync<TimeSpan>(
                $"select finished_at - started_at from sync_runs where id = '{run.Id}'", cancellationToken)
            : throw new InvalidOperationException($"A run ended as {state}");
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static async Task<Guid> AddOwnerAsync(CrmDbContext db, CancellationToken cancellationToken)
    {
        const string Mail = "owner@example.com";
        var owner = new User
        {
            Id = Guid.NewGuid(),
            WorkspaceId = db.WorkspaceId,
            Role = WorkspaceRole.Owner,
            DisplayName = "Owner",
            UserName = Mail,
            NormalizedUserName = Mail.ToUpperInvariant(),
            Email = Mail,
            NormalizedEmail = Mail.ToUpperInvariant(),
        };
        db.Users.Add(owner);
        await db.SaveChangesAsync(cancellationToken);
        return owner.Id;
    }

    private async Task<T> WithAsync<T>(Func<IServiceProvider, CrmDbContext, Task<T>> act)
    {
        await using var scope = _services.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        db.EnterWorkspace(WorkspaceId, "benchmark");
        return await act(scope.ServiceProvider, db);
    }
}
