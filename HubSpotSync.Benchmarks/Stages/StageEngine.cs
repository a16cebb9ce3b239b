using HubSpotSync.Data.Runs;
using HubSpotSync.Worker;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace HubSpotSync.Benchmarks.Stages;

/// <summary>
/// The workspaces of a stage: the one that every installation has, and others. What their admins do is done out of a
/// worker's container that is never started.
/// </summary>
internal sealed class StageEngine : IAsyncDisposable
{
    private static readonly string[] UsualStages = ["customer", "subscriber"];

    private readonly StageDatabase _database;
    private readonly StageHubSpot _hubSpot;
    private readonly WebApplication _services;
    private readonly StageTenant _first;

    private StageEngine(StageDatabase database, StageHubSpot hubSpot, WebApplication services, Guid workspaceId)
    {
        (_database, _hubSpot, _services) = (database, hubSpot, services);
        _first = new StageTenant(database, services.Services, hubSpot, workspaceId, StageHubSpot.PortalId);
    }

    public Guid WorkspaceId => _first.WorkspaceId;

    public static async Task<StageEngine> OpenAsync(
        StageDatabase database,
        StageHubSpot hubSpot,
        IReadOnlyDictionary<string, string> settings,
        CancellationToken cancellationToken)
    {
        var workspace = await database.ScalarAsync<Guid>("select id from workspaces", cancellationToken);
        var services = WorkerApp.Build([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(
                setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value)));
            builder.Logging.ClearProviders();
        });
        return new StageEngine(database, hubSpot, services, workspace);
    }

    public Task ConnectAsync(CancellationToken cancellationToken) => ConnectAsync(UsualStages, cancellationToken);

    /// <inheritdoc cref="StageTenant.ConnectAsync"/>
    public Task ConnectAsync(string[] stages, CancellationToken cancellationToken) =>
        _first.ConnectAsync(stages, cancellationToken);

    /// <summary>Asks for a run and waits until it is done.</summary>
    /// <returns>How long it took, from the moment that a worker began.</returns>
    public async Task<TimeSpan> RunAsync(RunDepth depth, CancellationToken cancellationToken) =>
        (await _first.RunAsync(depth, cancellationToken)).Time;

    /// <summary>Another company, which has that account.</summary>
    public async Task<StageTenant> AddAsync(int portalId, CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid();
        await _database.ExecuteAsync(
            $"insert into workspaces (id, name) values ('{id}', 'Company {portalId}')", cancellationToken);
        return new StageTenant(_database, _services.Services, _hubSpot, id, portalId);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
