using System.Net.Http.Json;
using HubSpotSync.Core.Planning;
using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.FakeHubSpot;
using HubSpotSync.FakeHubSpot.Control;
using HubSpotSync.FakeHubSpot.Faults;
using HubSpotSync.FakeHubSpot.OAuth;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.HubSpotApi.OAuth;
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
    public async Task<Tenant> ConnectAsync(int portalId, SyncMode mode)
    {
        var workspaceId = Guid.NewGuid();
        await Database.ExecuteAsync($"insert into workspaces (id, name) values ('{workspaceId}', 'Schedule')");
        await AddAccountAsync(portalId);
        await using var scope = _workers[0].Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        db.EnterWorkspace(workspaceId, "test");
        string[] scopes = [.. HubSpotScopes.Required(mode), .. HubSpotScopes.Optional(mode)];
        var tokens = Fake.Services.GetRequiredService<Installations>().Install(portalId, scopes);
        var connection = await scope.ServiceProvider.GetRequiredService<ConnectionRegistry>().ConnectAsync(
            new NewConnection(portalId, $"Account {portalId}", "app.hubspot.com")
            {
                Mode = mode,
                AccessToken = tokens.AccessToken,
                RefreshToken = tokens.Installation.RefreshToken,
                ExpiresIn = TimeSpan.FromSeconds(tokens.ExpiresIn),
                Scopes = scopes,
                ConnectedBy = await SyncScenario.EnsureOwnerAsync(db),
            },
            CancellationToken.None);
        connection.LifecycleStages = SyncScenario.DefaultStages;
        await db.SaveChangesAsync();
        var account = Fake.Services.GetRequiredService<FakeAccounts>().Find(portalId)!; // added just before
        return new Tenant(
            workspaceId,
            connection.Id,
            new LocalSide(Source, workspaceId, connection.Id),
            new HubSpotSide(Fake.Http, Fake.Url, account));
    }

    public async ValueTask DisposeAsync()
    {
        await _door.DisposeAsync();
        foreach (var worker in _workers)
        {
            await worker.DisposeAsync();
        }

        await Fake.DisposeAsync();
        await Source.DisposeAsync();
        Database.CloseSessions();
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

    private async Task AddAccountAsync(int portalId)
    {
        using var body = JsonContent.Create(new { portalId, contacts = 0, companies = 0, deals = 0 });
        using var answer = await Fake.Http.PostAsync(new Uri(Fake.Url, "/_fake/accounts"), body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}

internal sealed record Tenant(Guid WorkspaceId, Guid ConnectionId, LocalSide Local, HubSpotSide HubSpot);
