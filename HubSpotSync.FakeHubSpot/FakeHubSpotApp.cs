using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Control;
using HubSpotSync.FakeHubSpot.Faults;
using HubSpotSync.FakeHubSpot.OAuth;
using HubSpotSync.FakeHubSpot.Routes;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.FakeHubSpot.Webhooks;
using HubSpotSync.ServiceDefaults;

namespace HubSpotSync.FakeHubSpot;

/// <summary>A stand-in for HubSpot's public API. Shares no type with the product: only HTTP joins them.</summary>
public static class FakeHubSpotApp
{
    /// <summary>Builds the app without starting it; wrong settings fail here, with a message that names them.</summary>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults();
        builder.AddFakeHubSpot();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.Services.GetRequiredService<FakeAccounts>();
        app.UseMiddleware<RequestLogMiddleware>();
        app.UseMiddleware<FaultMiddleware>();
        app.UseMiddleware<RefusalMiddleware>();
        app.UseMiddleware<GateMiddleware>();
        app.MapDefaultEndpoints();
        app.MapHumanPage();
        app.MapControl();
        app.MapOAuth();
        app.MapWebhooks();
        app.MapHubSpotApi();
        return app;
    }
}
