using HubSpotSync.LocalStack.Processes;
using HubSpotSync.LocalStack.Stack;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace HubSpotSync.LocalStack.Dashboard;

/// <summary>The dashboard's web server: loopback only, one page, no dependencies.</summary>
internal sealed class DashboardHost : IAsyncDisposable
{
    private const int UsualPort = 18888;

    private readonly WebApplication _app;

    private DashboardHost(WebApplication app, string url)
    {
        _app = app;
        Url = url;
    }

    public string Url { get; }

    public static async Task<DashboardHost> StartAsync(
        StackRunner runner, StackChanges changes, CancellationToken stopping)
    {
        try
        {
            return await StartAsync(FreePort.Choose(UsualPort), runner, changes, stopping);
        }
        catch (IOException)
        {
            // Another stack took the port between our look and our bind.
            return await StartAsync(FreePort.Any(), runner, changes, stopping);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
    }

    private static async Task<DashboardHost> StartAsync(
        int port, StackRunner runner, StackChanges changes, CancellationToken stopping)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.ListenLocalhost(port);
            kestrel.AddServerHeader = false;
        });
        var app = builder.Build();
        var url = $"http://localhost:{port}";
        var guard = new DashboardGuard(port);
        app.Use(guard.InvokeAsync);
        app.Run(new DashboardRoutes(runner, changes, guard.Token, stopping).HandleAsync);
        await app.StartAsync(stopping);
        return new DashboardHost(app, url);
    }
}
