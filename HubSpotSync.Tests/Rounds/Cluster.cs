using System.Collections.Concurrent;
using System.Globalization;
using HubSpotSync.Core.Planning;
using HubSpotSync.FakeHubSpot.Control;
using HubSpotSync.FakeHubSpot.Faults;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.LocalStack.Processes;
using HubSpotSync.LocalStack.Servers;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;
using HubSpotSync.Tests.Schedules;
using HubSpotSync.Worker;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace HubSpotSync.Tests.Rounds;

/// <summary>
/// Where rounds are fought, one after the other: Postgres, Redis and workers as processes of their own, which nobody
/// else is hurt by, and a fake HubSpot that takes its time as HubSpot does.
/// </summary>
internal sealed class Cluster : IAsyncDisposable
{
    public const int Usual = 3;

    /// <summary>The app under test, as HubSpot's history names it.</summary>
    private static readonly ChangeSource Ours = ChangeSource.Integration(4455);

    private readonly Dictionary<string, WorkerProcess> _workers = [];
    private readonly ConcurrentDictionary<int, int> _writes = new();
    private readonly WebApplication _idle;
    private WebhookDoor _door = null!; // opened by StartAsync
    private int _started;

    private Cluster(PostgresServer postgres, RedisServer redis, TestDatabase database, FakeHubSpotServer fake)
    {
        (Postgres, Redis, Database, Fake) = (postgres, redis, database, fake);
        Source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(database.AppConnectionString)
            {
                ApplicationName = "round",
                MaxPoolSize = 8,
                NoResetOnClose = true, // LocalSide names its workspace each time
            }.ConnectionString);
        _idle = WorkerApp.Build([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(SettingsOf("Application Name=round;Pooling=false"));
            builder.Logging.ClearProviders();
        });
    }

    public PostgresServer Postgres { get; }

    public RedisServer Redis { get; }

    public TestDatabase Database { get; }

    public FakeHubSpotServer Fake { get; }

    public NpgsqlDataSource Source { get; }

    public WebhookDoor Webhooks => _door;

    public FaultScript Faults => Fake.Services.GetRequiredService<FaultScript>();

    public RequestLog Requests => Fake.Services.GetRequiredService<RequestLog>();

    /// <summary>Those that run, by the name under which Postgres knows their sessions.</summary>
    public IReadOnlyDictionary<string, WorkerProcess> Workers => _workers;

    public static async Task<Cluster> StartAsync()
    {
        var postgres = await PostgresServer.StartAsync(Servers.Folder("postgres"), CancellationToken.None);
        var redis = await RedisServer.StartAsync(Servers.Folder("redis"), CancellationToken.None);
        var database = await TestDatabase.CreateOnAsync(postgres);
        await Witness.InstallAsync(database);
        var fake = await FakeHubSpotServer.StartAsync([.. SyncScenario.Tiny, "--Fake:LatencyMs=25"]);
        var cluster = new Cluster(postgres, redis, database, fake);
        fake.Services.GetRequiredService<FakeAccounts>().Listen((account, change) =>
        {
            if (change.Source == Ours)
            {
                cluster._writes.AddOrUpdate(account.PortalId, 1, (_, count) => count + 1);
            }
        });
        cluster._door = await WebhookDoor.StartAsync(database, fake);
        await cluster.StaffAsync(Usual);
        return cluster;
    }

    /// <summary>A workspace that is connected to an account of its own.</summary>
    public Task<Tenant> ConnectAsync(int portalId, AccountSize size) =>
        new Tenants(_idle.Services, Database, Fake, Source).ConnectAsync(portalId, SyncMode.TwoWay, size);

    /// <summary>Whether this version in a property's history is ours.</summary>
    public static bool IsOurs(PropertyVersion version) => version.Source == Ours;

    /// <summary>How many values we have written in the account so far.</summary>
    public int WritesTo(FakeAccount account) => _writes.GetValueOrDefault(account.PortalId);

    /// <summary>Starts workers until there are so many, and waits until they are at work or have ended.</summary>
    public Task StaffAsync(int count)
    {
        var started = new List<WorkerProcess>();
        while (_workers.Count < count)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"worker-{++_started}");
            var worker = WorkerProcess.Start(SettingsOf($"Application Name={name}"));
            _workers.Add(name, worker);
            started.Add(worker);
        }

        return Eventually.IsTrueAsync(
            () => started.TrueForAll(worker => worker.HasStarted || worker.ExitCode is not null),
            TimeSpan.FromSeconds(60),
            () => $"of {started.Count} new workers only {started.Count(worker => worker.HasStarted)} have started");
    }

    public async Task KillAsync(string worker)
    {
        _workers.Remove(worker, out var process);
        await process!.DisposeAsync(); // it ran
    }

    /// <summary>As <c>pg_ctl -m immediate restart</c>: nothing is put in order first.</summary>
    public async Task CrashPostgresAsync()
    {
        ProcessIdentity.Of(Postgres.ProcessId!.Value).Signal(StopSignal.Quit); // it runs
        await Eventually.IsTrueAsync(
            () => Postgres.ProcessId is null, TimeSpan.FromSeconds(20), () => "Postgres still runs");
        await Postgres.StartAgainAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers.Values)
        {
            await worker.DisposeAsync();
        }

        await _door.DisposeAsync();
        await _idle.DisposeAsync();
        await Fake.DisposeAsync();
        await Source.DisposeAsync();
        await Redis.DisposeAsync();
        await Postgres.DisposeAsync();
    }

    private Dictionary<string, string?> SettingsOf(string session)
    {
        var settings = SyncScenario.SettingsOf(Database, Fake, Redis.ConnectionString);
        settings["ConnectionStrings:crm"] += $";{session}";
        settings["DOTNET_TieredPGO"] = "0"; // they live for seconds, so measuring their code would never pay
        return settings;
    }
}
