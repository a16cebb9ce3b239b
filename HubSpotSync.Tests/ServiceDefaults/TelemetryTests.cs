using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;

namespace HubSpotSync.Tests.ServiceDefaults;

public sealed class TelemetryTests
{
    [Fact]
    public async Task Traces_metrics_and_logs_of_a_run_arrive_where_the_endpoint_points()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var scenario = await SyncScenario.StartAsync(
            "--Fake:Contacts=20", "--Fake:Companies=5", "--Fake:Deals=5", "--Fake:Limits=off");
        await scenario.PauseWorkersAsync();
        foreach (var (name, value) in receiver.Settings)
        {
            scenario.Configure(name, value);
        }

        await using var worker = scenario.StartWorkerProcess(); // meters are shared by all hosts of a process
        await scenario.ConnectAsync();

        Assert.Equal(RunState.Done, (await scenario.RunAsync()).State);

        await receiver.SeeAsync("/v1/traces", "sync run");
        await receiver.SeeAsync("/v1/traces", "sync page");
        await receiver.SeeAsync("/v1/traces", "HubSpotSync");
        await receiver.SeeAsync("/v1/metrics", "hubspotsync.records");
        await receiver.SeeAsync("/v1/metrics", "hubspotsync.queue.depth");
        await receiver.SeeAsync("/v1/metrics", "hubspotsync.queue.oldest_due");
        await receiver.SeeAsync("/v1/metrics", "hubspotsync.hubspot.requests");
        await receiver.SeeAsync("/v1/logs", "Run {RunId} is done");
    }
}
