using HubSpotSync.FakeHubSpot;
using HubSpotSync.FakeHubSpot.Control;
using HubSpotSync.FakeHubSpot.Faults;
using HubSpotSync.FakeHubSpot.OAuth;
using HubSpotSync.FakeHubSpot.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HubSpotSync.Tests.Infrastructure;

/// <summary>The fake on a free port in this process.</summary>
public sealed class FakeHubSpotHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeHubSpotHost(WebApplication app, ManualTimeProvider time)
    {
        (_app, Time) = (app, time);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        Address = new Uri(addresses!.Addresses.Single()); // Kestrel always has the feature
    }

    public Uri Address { get; }
    public ManualTimeProvider Time { get; }
    public FakeAccounts Accounts => _app.Services.GetRequiredService<FakeAccounts>();
    public FaultScript Faults => _app.Services.GetRequiredService<FaultScript>();
    public RequestLog Requests => _app.Services.GetRequiredService<RequestLog>();
    public FakeSettings Settings => _app.Services.GetRequiredService<FakeSettings>();
    /// <summary>Every route of the fake, its own pages and control included.</summary>
    public IReadOnlyList<RouteEndpoint> Routes =>
        [.. _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    public Installations Installations => _app.Services.GetRequiredService<Installations>();

    /// <summary>Later arguments win over the small sizes given here.</summary>
    public static async Task<FakeHubSpotHost> StartAsync(
        CancellationToken cancellationToken,
        IReadOnlyList<string>? args = null,
        Action<WebApplicationBuilder>? configure = null)
    {
        var time = new ManualTimeProvider();
        string[] settings =
        [
            "--urls", "http://127.0.0.1:0",
            "--Fake:Contacts=250", "--Fake:Companies=60", "--Fake:Deals=60",
            "--Fake:SmallContacts=20", "--Fake:Limits=off",
            .. args ?? [],
        ];
        var app = FakeHubSpotApp.Build(settings, builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(time);
            configure?.Invoke(builder);
        });
        await app.StartAsync(cancellationToken);
        return new FakeHubSpotHost(app, time);
    }

    /// <summary>A caller with a token for the account; all scopes unless some are named.</summary>
    public HubSpotCaller Connect(FakeAccount account, params IReadOnlyList<string> scopes)
    {
        var tokens = Installations.Install(account.PortalId, scopes.Count == 0 ? ScopeCatalog.All : scopes);
        return new HubSpotCaller(Address, tokens.AccessToken);
    }

    public HubSpotCaller Connect() => Connect(Accounts.Main);

    public HubSpotCaller Anonymous() => new(Address, accessToken: null);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
