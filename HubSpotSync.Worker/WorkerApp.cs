using HubSpotSync.ServiceDefaults;

namespace HubSpotSync.Worker;

/// <summary>The long-running worker: claims runs and does them.</summary>
public static class WorkerApp
{
    public static async Task<int> RunAsync(string[] args)
    {
        await using var app = Build(args);
        await app.RunAsync();
        return 0;
    }

    /// <param name="configure">For hosts in tests: what they add to the configuration.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        configure?.Invoke(builder);
        builder.AddServiceDefaults();
        builder.AddWorker();
        var app = builder.Build();
        app.MapDefaultEndpoints();
        return app;
    }
}
