using HubSpotSync.Core.Planning;
using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Crm;
using HubSpotSync.Data.Identity;
using HubSpotSync.Data.Runs;
using HubSpotSync.HubSpotApi.OAuth;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Worker;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HubSpotSync.Tests.Scenarios;

/// <summary>A workspace, a fake HubSpot and a worker, arranged in one line.</summary>
public sealed class SyncScenario : IAsyncDisposable
{
    public static readonly TimeSpan RunLimit = TimeSpan.FromSeconds(90);
    public static readonly string[] DefaultStages = ["customer", "subscriber"];

    /// <summary>Arguments for a fake with next to nothing in it.</summary>
    public static readonly string[] Tiny =
        ["--Fake:Contacts=3", "--Fake:Companies=1", "--Fake:Deals=1", "--Fake:Limits=off"];

    private readonly List<WebApplication> _workers = [];
    private readonly Dictionary<string, string?> _settings;
    private bool _ownsDatabase;

    private SyncScenario(TestDatabase database, FakeHubSpotServer fake, string redis)
    {
        (Database, Fake) = (database, fake);
        _settings = SettingsOf(database, fake, redis);
    }

    public TestDatabase Database { get; }

    public FakeHubSpotServer Fake { get; }

    public CapturedLog Log { get; } = new();

    public Guid WorkspaceId { get; private set; }

    public Guid ConnectionId { get; private set; }

    public static async Task<SyncScenario> StartAsync(params string[] fakeArgs)
    {
        var redis = await Servers.RedisAsync();
        var scenario = await StartOnAsync(await TestDatabase.CreateAsync(), redis.ConnectionString, fakeArgs);
        scenario._ownsDatabase = true;
        return scenario;
    }

    /// <summary>What a worker is told.</summary>
    public static Dictionary<string, string?> SettingsOf(TestDatabase database, FakeHubSpotServer fake, string redis)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(fake);
        return new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["ConnectionStrings:crm"] = database.AppConnectionString,
            ["ConnectionStrings:redis"] = redis,
            ["KeyRing:Secret"] = "a-secret-of-tests-that-is-long-enough",
            ["HubSpot:ApiUrl"] = fake.Url.AbsoluteUri,
            ["HubSpot:AppUrl"] = fake.Url.AbsoluteUri,
            ["HubSpot:ClientId"] = "fake-client-id",
            ["HubSpot:ClientSecret"] = "fake-client-secret",
        };
    }

    /// <summary>Changes what workers that start later are told.</summary>
    public void Configure(string name, string? value) => _settings[name] = value;

    public static async Task<SyncScenario> StartOnAsync(TestDatabase database, string redis, params string[] fakeArgs)
    {
        ArgumentNullException.ThrowIfNull(database);
        var scenario = new SyncScenario(database, await FakeHubSpotServer.StartAsync(fakeArgs), redis);
        scenario.WorkspaceId = await database.ScalarAsync<Guid>("select id from workspaces");
        await scenario.StartWorkerAsync();
        return scenario;
    }

    /// <param name="time">The worker's clock, where it is not the real one.</param>
    public async Task<WebApplication> StartWorkerAsync(TimeProvider? time = null)
    {
        var worker = WorkerApp.Build([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(_settings);
            builder.Logging.ClearProviders().AddProvider(Log);
            builder.Services.AddSingleton(time ?? TimeProvider.System);
        });
        await worker.StartAsync();
        _workers.Add(worker);
        return worker;
    }

    /// <summary>The same worker as a process of its own.</summary>
    public WorkerProcess StartWorkerProcess() => WorkerProcess.Start(_settings);

    /// <summary>Takes the worker in this process out of the game; its container stays for queries.</summary>
    public async Task PauseWorkersAsync()
    {
        foreach (var worker in _workers)
        {
            await worker.StopAsync();
        }
    }

    public async Task StopWorkersAsync()
    {
        foreach (var worker in _workers)
        {
            await worker.DisposeAsync();
        }

        _workers.Clear();
    }

    /// <summary>Runs with a context of the workspace, out of a worker's container.</summary>
    public async Task<T> WithAsync<T>(Func<IServiceProvider, CrmDbContext, Task<T>> act)
    {
        ArgumentNullException.ThrowIfNull(act);
        await using var scope = _workers[0].Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        db.EnterWorkspace(WorkspaceId, "test");
        return await act(scope.ServiceProvider, db);
    }

    public Task<T> QueryAsync<T>(Func<CrmDbContext, Task<T>> query) => WithAsync((_, db) => query(db));

    /// <summary>Consents and stores the connection, as the Portal's callback does.</summary>
    public Task ConnectAsync(SyncMode mode = SyncMode.TwoWay, params string[] stages) => ConnectAsync(
        async (services, db) =>
        {
            var oauth = services.GetRequiredService<HubSpotOAuth>();
            var redirect = new Uri("http://localhost/hubspot/callback");
            var code = await Fake.ConsentAsync(oauth.AuthorizeUrl(mode, "state", redirect));
            var tokens = await oauth.ExchangeAsync(code, redirect, CancellationToken.None);
            var owner = await EnsureOwnerAsync(db);
            return await services.GetRequiredService<ConnectionRegistry>().ConnectAsync(
                new NewConnection(Fake.PortalId, "Acme Outfitters", "app.hubspot.com")
                {
                    Mode = mode,
                    AccessToken = tokens.AccessToken,
                    RefreshToken = tokens.RefreshToken,
                    ExpiresIn = tokens.ExpiresIn,
                    Scopes = [.. tokens.Scopes],
                    ConnectedBy = owner,
                },
                CancellationToken.None);
        },
        stages);

    /// <summary>The same by another way in.</summary>
    public async Task ConnectAsync(
        Func<IServiceProvider, CrmDbContext, Task<HubSpotConnection>> connect, params string[] stages)
    {
        ArgumentNullException.ThrowIfNull(connect);
        ConnectionId = await WithAsync(async (services, db) =>
        {
            var connection = await connect(services, db);
            connection.LifecycleStages = stages.Length == 0 ? DefaultStages : stages;
            await db.SaveChangesAsync();
            return connection.Id;
        });
    }

    /// <summary>Removes the app in HubSpot: its tokens end.</summary>
    public async Task UninstallAsync()
    {
        var token = await WithAsync(async (services, db) =>
        {
            var connection = await db.Connections.AsNoTracking().SingleAsync();
            var vault = services.GetRequiredService<TokenVault>();
            return vault.Unprotect(connection, connection.AccessToken!); // it is connected
        });
        var address = new Uri(Fake.Url, "/appinstalls/2026-09/external-install");
        using var request = new HttpRequestMessage(HttpMethod.Delete, address);
        request.Headers.Authorization = new("Bearer", token);
        using var answer = await Fake.Http.SendAsync(request);
        Assert.Equal(System.Net.HttpStatusCode.NoContent, answer.StatusCode);
    }

    public Task<SyncRun> RequestRunAsync(RunDepth depth = RunDepth.Full) => WithAsync((services, _) => services
        .GetRequiredService<RunRequests>()
        .RequestAsync(ConnectionId, RunTrigger.Initial, depth, null, CancellationToken.None));

    public Task<SyncRun> ReadRunAsync(Guid runId) =>
        QueryAsync(db => db.Runs.AsNoTracking().SingleAsync(run => run.Id == runId));

    public Task<SyncRun> WaitForEndAsync(Guid runId) => Eventually.SeeAsync(
        () => ReadRunAsync(runId), run => !run.IsActive, RunLimit, "the run to end");

    public async Task<SyncRun> RunAsync(RunDepth depth = RunDepth.Full)
    {
        var run = await RequestRunAsync(depth);
        return await WaitForEndAsync(run.Id);
    }

    public Task<List<Customer>> CustomersAsync() => QueryAsync(db => db.Customers.AsNoTracking().ToListAsync());

    public async ValueTask DisposeAsync()
    {
        await StopWorkersAsync();
        await Fake.DisposeAsync();
        await Database.EndAsync(isOver: _ownsDatabase);
        Log.Dispose();
    }

    /// <summary>A workspace has an owner before it is connected.</summary>
    public static async Task<Guid> EnsureOwnerAsync(CrmDbContext db)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (await db.Users.FirstOrDefaultAsync() is { } known)
        {
            return known.Id;
        }

        var mail = $"owner{Guid.NewGuid():N}@example.com";
        var user = new User
        {
            Id = Guid.NewGuid(),
            WorkspaceId = db.WorkspaceId,
            Role = WorkspaceRole.Owner,
            DisplayName = "Owner",
            UserName = mail,
            NormalizedUserName = mail.ToUpperInvariant(),
            Email = mail,
            NormalizedEmail = mail.ToUpperInvariant(),
        };
        db.Users.Add(user);
        await db.SaveChangesAsync();
        return user.Id;
    }
}
