using HubSpotSync.Core.Planning;
using HubSpotSync.FakeHubSpot;
using HubSpotSync.FakeHubSpot.Control;
using HubSpotSync.FakeHubSpot.Faults;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;
using HubSpotSync.Worker;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace HubSpotSync.Tests.Schedules;

/// <summary>
/// Where schedules run, one after the other: a database, a fake HubSpot, a portal that hears its webhooks, and two
/// workers, all real. Each schedule has a workspace and an account of its own.
/// </summary>
internal sealed class Lane : IAsyncDisposable
{
    private readonly List<WebApplication> _workers = [];
    private WebhookDoor _door = null!; // opened by StartAsync

    private Lane(TestDatabase database, FakeHubSpotServer fake)
    {
        (Database, Fake) = (database, fake);
        Source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(database.AppConnectionString)
            {
                ApplicationName = "schedule", // so that it outlives what ends the sessions of the product
                MaxPoolSize = 4,
                NoResetOnClose = true, // LocalSide names its workspace each time
                MaxAutoPrepare = 20,
            }.ConnectionString);
    }

    public TestDatabase Database { get; }

    public FakeHubSpotServer Fake { get; }

    public NpgsqlDataSource Source { get; }

    public WebhookDoor Webhooks => _door;

    public CapturedLog Log { get; } = new();

    public FaultScript Faults => Fake.Services.GetRequiredService<FaultScript>();

    public FakeSettings Settings => Fake.Services.GetRequiredService<FakeSettings>();

    public FakeClock Clock => Fake.Services.GetRequiredService<FakeClock>();

    public RequestLog Requests => Fake.Services.GetRequiredService<RequestLog>();

    /// <param name="bug">What is made wrong on purpose, to see whether it is noticed.</param>
    public static async Task<Lane> StartAsync(PlantedBug? bug = null)
    {
        var database = await TestDatabase.CreateAsync();
        var fake = await FakeHubSpotServer.StartAsync(SyncScenario.Tiny);
        var lane = new Lane(database, fake);
        var settings = SyncScenario.SettingsOf(database, fake, (await Servers.ForgetfulRedisAsync()).ConnectionString);
        if (bug is { Sql: { } sql })
        {
            await database.ExecuteAsync(sql);
        }

        for (var i = 0; i < 2; i++)
        {
            await lane.StartWorkerAsync(settings, bug);
        }

        lane._door = await WebhookDoor.StartAsync(database, fake);
        return lane;
    }

    /// <summary>A workspace that is connected to an account of its own, both empty.</summary>
    public Task<Tenant> ConnectAsync(int portalId, SyncMode mode) =>
        new Tenants(_workers[0].Services, Database, Fake, Source).ConnectAsync(portalId, mode, default);

    public async ValueTask DisposeAsync()
    {
        await _door.DisposeAsync();
        foreach (var worker in _workers)
        {
            await worker.DisposeAsync();
        }

        await Fake.DisposeAsync();
        await Source.DisposeAsync();
        await Database.EndAsync(isOver: true);
    }

    private async Task StartWorkerAsync(Dictionary<string, string?> settings, PlantedBug? bug)
    {
        var worker = WorkerApp.Build([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(settings);
            builder.Logging.ClearProviders().AddProvider(Log).SetMinimumLevel(LogLevel.Warning);
            builder.Services.AddSingleton<TimeProvider>(new HurriedTime());
            if (bug is { Http: { } http })
            {
                builder.Services.ConfigureHttpClientDefaults(
                    client => client.AddHttpMessageHandler(() => new PlantedHandler(http)));
            }
        });
        await worker.StartAsync();
        _workers.Add(worker);
    }
}
