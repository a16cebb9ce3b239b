using HubSpotSync.Data;
using HubSpotSync.Data.Identity;
using HubSpotSync.Data.Runs;
using HubSpotSync.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Worker.Demo;

/// <summary>
/// <c>Worker demo</c>: an owner, customers that are here already, a connected account and the first reconcile done;
/// then a link that signs in. For throw-away data only: it does nothing where somebody has set the product up.
/// </summary>
internal static class DemoCommand
{
    private static readonly TimeSpan LinkIsGoodFor = TimeSpan.FromHours(12);
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(5);

    public static async Task<int> RunAsync(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(args);
        builder.AddServiceDefaults();
        builder.AddHubSpotAccess();
        builder.Services.AddScoped<DemoWorkspace>();
        using var host = builder.Build();
        using var stop = new CancellationTokenSource(LongestRun);
        await using var scope = host.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        if (await services.GetRequiredService<WorkspaceLookup>().FindForSetupAsync(stop.Token) is not { } workspaceId)
        {
            Console.WriteLine("This installation is set up already: the demo changes nothing.");
            return 0;
        }

        var db = services.GetRequiredService<CrmDbContext>();
        db.EnterWorkspace(workspaceId, "demo");
        var demo = services.GetRequiredService<DemoWorkspace>();
        var owner = await demo.CreateOwnerAsync(stop.Token);
        var connection = await demo.ConnectAsync(owner, stop.Token);
        await demo.CreateCustomersAsync(connection, stop.Token);
        var run = await services.GetRequiredService<RunRequests>()
            .RequestAsync(connection.Id, RunTrigger.Initial, RunDepth.Full, owner.Id, stop.Token);
        var state = await WaitForEndAsync(db, run.Id, stop.Token);
        var link = services.GetRequiredService<SignInLinks>().Create(owner.Id, LinkIsGoodFor);
        var portal = (builder.Configuration["Demo:PortalUrl"] ?? "http://localhost:5080").TrimEnd('/');
        Console.WriteLine($"Sign in: {portal}/signin/link?code={Uri.EscapeDataString(link)}");
        return state == RunState.Done ? 0 : 1;
    }

    private static async Task<RunState> WaitForEndAsync(
        CrmDbContext db, Guid runId, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var state = await db.Runs
                .Where(run => run.Id == runId)
                .Select(run => run.State)
                .SingleAsync(cancellationToken);
            if (state is not (RunState.Waiting or RunState.Running))
            {
                return state;
            }
        }

        return RunState.Failed;
    }
}
