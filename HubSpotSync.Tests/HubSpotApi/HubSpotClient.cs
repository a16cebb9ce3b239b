using HubSpotSync.HubSpotApi;
using HubSpotSync.HubSpotApi.Limits;
using HubSpotSync.HubSpotApi.OAuth;
using HubSpotSync.HubSpotApi.Objects;
using HubSpotSync.HubSpotApi.Structure;
using HubSpotSync.Tests.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace HubSpotSync.Tests.HubSpotApi;

/// <summary>HubSpot's client as the Worker registers it, against an address of the test.</summary>
internal sealed class HubSpotClient : IAsyncDisposable
{
    private static long _lastHub = 700_000;

    private readonly ServiceProvider _services;

    private HubSpotClient(ServiceProvider services, CapturedLog log) => (_services, Log) = (services, log);

    public CapturedLog Log { get; }

    public RequestBudget Budget => _services.GetRequiredService<RequestBudget>();

    public ObjectReader Reader => _services.GetRequiredService<ObjectReader>();

    public ObjectSearch Search => _services.GetRequiredService<ObjectSearch>();

    public ObjectWriter Writer => _services.GetRequiredService<ObjectWriter>();

    public AccountStructure Structure => _services.GetRequiredService<AccountStructure>();

    public HubSpotOAuth OAuth => _services.GetRequiredService<HubSpotOAuth>();

    public static async Task<HubSpotClient> StartAsync(Uri address, string clientSecret = "fake-client-secret")
    {
        var log = new CapturedLog();
        var redis = await ConnectionMultiplexer.ConnectAsync((await Servers.RedisAsync()).ConnectionString);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["HubSpot:ApiUrl"] = address.AbsoluteUri,
            ["HubSpot:AppUrl"] = address.AbsoluteUri,
            ["HubSpot:ClientId"] = "fake-client-id",
            ["HubSpot:ClientSecret"] = clientSecret,
        }).Build();
        var services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace))
            .AddMetrics()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IConnectionMultiplexer>(_ => redis)
            .AddHubSpotOAuth(configuration)
            .AddHubSpotCrm();
        return new HubSpotClient(services.BuildServiceProvider(), log);
    }

    /// <summary>A session with a budget of its own.</summary>
    public static HubSpotSession Session(IAccessTokens tokens, Func<WaitReason?, TimeSpan, Task>? onWait = null) =>
        new(Interlocked.Increment(ref _lastHub), tokens, BudgetLane.Reconcile, onWait);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
