using System.Globalization;
using HubSpotSync.Benchmarks.Fake;
using HubSpotSync.LocalStack.Servers;

namespace HubSpotSync.Benchmarks.Stages;

/// <summary>
/// A whole installation on private servers: Postgres, Redis, a fake HubSpot with HubSpot's limits and 100 ms before
/// each answer, workers, each a process of its own. All of it ends with the stage.
/// </summary>
internal sealed class Stage : IAsyncDisposable
{
    private const int LatencyMs = 100;
    private const int Endless = 1_000_000;

    private readonly Stack<IAsyncDisposable> _started = [];
    private bool _hasLimits;
    private Dictionary<string, string> _settings = [];

    public StageDatabase Database { get; private set; } = null!; // set by StartAsync, as the others

    public StageHubSpot HubSpot { get; private set; } = null!;

    public StageEngine Engine { get; private set; } = null!;

    public StageWorkers Workers { get; private set; } = null!;

    public static async Task<Stage> StartAsync(StagePlan plan, CancellationToken cancellationToken)
    {
        var stage = new Stage { _hasLimits = plan.HasLimits };
        try
        {
            await stage.SetAsync(plan, cancellationToken);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>Until nobody waits to be pushed.</summary>
    public Task NothingWaitsAsync(CancellationToken cancellationToken) => Wait.UntilAsync(
        () => Database.ScalarAsync<bool>("select not exists (select from sync_requests)", cancellationToken),
        TimeSpan.FromMinutes(5),
        "all requests to be answered",
        cancellationToken);

    /// <summary>
    /// Until HubSpot has forgotten the requests of the last window, so that the next figure is its own.
    /// </summary>
    public Task QuietAsync(CancellationToken cancellationToken) =>
        _hasLimits ? Task.Delay(TimeSpan.FromSeconds(12), cancellationToken) : Task.CompletedTask;

    /// <summary>A portal as a process of its own, which HubSpot can reach.</summary>
    public Task<ProgramServer> ServePortalAsync(CancellationToken cancellationToken)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "HubSpotSync.Portal.dll");
        return ProgramServer.StartAsync(program, [], _settings, cancellationToken);
    }

    /// <summary>From here on HubSpot has its limits and takes its time.</summary>
    public async Task LimitAsync(CancellationToken cancellationToken)
    {
        _hasLimits = true;
        await HubSpot.SetAsync(new { burstLimit = 110, searchLimit = 5, latencyMs = LatencyMs }, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        while (_started.TryPop(out var last))
        {
            await last.DisposeAsync();
        }
    }

    private async Task SetAsync(StagePlan plan, CancellationToken cancellationToken)
    {
        Database = Keep(await StageDatabase.StartAsync(cancellationToken));
        var redis = Keep(await RedisServer.StartAsync(StageFolder.New("redis"), cancellationToken));
        var fake = Keep(await FakeProcess.StartAsync(
            plan.Contacts,
            cancellationToken,
            "--Fake:Limits=hubspot",
            string.Create(CultureInfo.InvariantCulture, $"--Fake:LatencyMs={(plan.HasLimits ? LatencyMs : 0)}"),
            string.Create(CultureInfo.InvariantCulture, $"--Fake:Companies={plan.Companies}"),
            string.Create(CultureInfo.InvariantCulture, $"--Fake:Deals={plan.Deals}"),
            string.Create(CultureInfo.InvariantCulture, $"--Fake:Accounts={1 + plan.SmallAccounts}"),
            string.Create(CultureInfo.InvariantCulture, $"--Fake:SmallContacts={plan.SmallContacts}")));
        HubSpot = new StageHubSpot(fake);
        if (!plan.HasLimits)
        {
            // HubSpot says in each answer how much it allows, and we go by that.
            await HubSpot.SetAsync(new { burstLimit = Endless, searchLimit = Endless }, cancellationToken);
        }

        _settings = SettingsOf(Database, redis, HubSpot);
        Engine = Keep(await StageEngine.OpenAsync(Database, HubSpot, _settings, cancellationToken));
        Workers = Keep(new StageWorkers(_settings));
        await Workers.StartAsync(plan.Workers, cancellationToken);
    }

    private T Keep<T>(T started)
        where T : IAsyncDisposable
    {
        _started.Push(started);
        return started;
    }

    /// <summary>What a worker is told, by the names of environment variables.</summary>
    private static Dictionary<string, string> SettingsOf(
        StageDatabase database, RedisServer redis, StageHubSpot hubSpot) => new()
    {
        ["ConnectionStrings__crm"] = database.AppConnectionString,
        ["ConnectionStrings__redis"] = redis.ConnectionString,
        ["KeyRing__Secret"] = "a-secret-of-benchmarks-that-is-long-enough",
        ["HubSpot__ApiUrl"] = hubSpot.Address.AbsoluteUri,
        ["HubSpot__AppUrl"] = hubSpot.Address.AbsoluteUri,
        ["HubSpot__ClientId"] = "fake-client-id",
        ["HubSpot__ClientSecret"] = "fake-client-secret",
    };
}
