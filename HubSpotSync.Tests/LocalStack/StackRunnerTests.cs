using Aspire.Hosting.ApplicationModel;
using HubSpotSync.LocalStack.Processes;
using HubSpotSync.LocalStack.Stack;

namespace HubSpotSync.Tests.LocalStack;

public sealed class StackRunnerTests
{
    private const string Forever = "exec sleep 1000";

    [Fact]
    public async Task A_resource_starts_only_when_what_it_waits_for_is_healthy()
    {
        await using var stack = new TestStack();
        var ready = stack.FileOf("ready");
        var server = stack.Add("server", new ShellDriver(Forever, ready));
        stack.Add("client", new ShellDriver(Forever), new WaitAnnotation(server, WaitFor.Healthy, 0));

        stack.Runner.Start();
        await stack.WaitForAsync("server", instance => instance.State == ResourceState.Running);
        await stack.WaitForAsync("client", instance => instance.State == ResourceState.Waiting);
        Assert.Equal("waits for server", stack["client"].Note);
        await File.WriteAllTextAsync(ready, "", TestContext.Current.CancellationToken);
        await stack.WaitForAsync("client", instance => instance.IsUp);

        Assert.True(stack["client"].StartedAt > stack["server"].StartedAt);
    }

    [Fact]
    public async Task What_runs_once_has_to_succeed_before_the_next_starts_and_can_be_tried_again()
    {
        await using var stack = new TestStack();
        var repaired = stack.FileOf("repaired");
        var job = stack.Add("job", new ShellDriver($"test -f {repaired} || exit 3", runsOnce: true));
        stack.Add("portal", new ShellDriver(Forever), new WaitAnnotation(job, WaitFor.Completed, 0));

        stack.Runner.Start();
        await stack.WaitForAsync("job", instance => instance.State == ResourceState.Failed);
        Assert.Equal(ResourceState.Waiting, stack["portal"].State);
        Assert.Contains("job failed: ended with code 3", stack.Terminal, StringComparison.Ordinal);
        Assert.Contains(stack["job"].Log.File, stack.Terminal, StringComparison.Ordinal);
        await File.WriteAllTextAsync(repaired, "", TestContext.Current.CancellationToken);
        await stack.Loop("job").RestartAsync();

        await stack.WaitForAsync("portal", instance => instance.IsUp);
        Assert.Equal(ResourceState.Finished, stack["job"].State);
        Assert.True(stack.Runner.WaitUntilSettledAsync(TestContext.Current.CancellationToken).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_killed_process_starts_again_and_is_counted()
    {
        await using var stack = new TestStack();
        stack.Add("worker", new ShellDriver(Forever));
        stack.Runner.Start();
        await stack.WaitForAsync("worker", instance => instance.IsUp);
        var first = stack["worker"].ProcessId!.Value; // it runs

        ProcessIdentity.Of(first).Signal(StopSignal.Kill);

        await stack.WaitForAsync("worker", instance => instance.IsUp && instance.ProcessId != first);
        Assert.Equal(1, stack["worker"].Restarts);
        Assert.Contains("ended with code 137", stack.Terminal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_start_and_restart_do_as_they_are_told_and_count_no_crash()
    {
        await using var stack = new TestStack();
        stack.Add("worker", new ShellDriver(Forever));
        stack.Runner.Start();
        await stack.WaitForAsync("worker", instance => instance.IsUp);
        var first = stack["worker"].ProcessId;

        await stack.Loop("worker").RestartAsync();
        await stack.WaitForAsync("worker", instance => instance.IsUp && instance.ProcessId != first);
        await stack.Loop("worker").StopAsync();
        await stack.WaitForAsync("worker", instance => instance.State == ResourceState.Stopped);
        stack.Loop("worker").Start();
        await stack.WaitForAsync("worker", instance => instance.IsUp);

        Assert.Equal(0, stack["worker"].Restarts);
    }

    [Fact]
    public async Task What_others_stand_on_ends_last_and_nothing_is_left()
    {
        await using var stack = new TestStack();
        var order = stack.FileOf("order");
        ShellDriver Ends(string name) => new(
            $"trap 'echo {name} >> {order}; exit 0' TERM; touch {order}.{name}; while :; do sleep 0.05; done",
            healthFile: $"{order}.{name}");
        var server = stack.Add("server", Ends("server"));
        stack.Add("client", Ends("client"), new WaitAnnotation(server, WaitFor.Healthy, 0));
        stack.Runner.Start();
        await stack.WaitForAsync("client", instance => instance.IsUp);
        var ids = stack.Runner.Instances
            .Select(instance => ProcessIdentity.Of(instance.ProcessId!.Value)) // all run
            .ToArray();

        await stack.Runner.StopAsync();

        Assert.All(ids, identity => Assert.False(identity.IsAlive()));
        var ended = await File.ReadAllLinesAsync(order, TestContext.Current.CancellationToken);
        Assert.Equal(["client", "server"], ended);
    }

    [Fact]
    public async Task Output_has_the_resources_name_before_it_and_no_secret_in_it()
    {
        await using var stack = new TestStack("s3cret-value");
        stack.Add("portal", new ShellDriver(
            "echo key s3cret-value; echo 'Host=x;Password=hunter22;Database=crm'; "
            + "echo 'Set-up: http://localhost:1/setup?code=s3cret-value'",
            runsOnce: true));

        stack.Runner.Start();
        await stack.WaitForAsync("portal", instance => instance.State == ResourceState.Finished);
        var before = stack.Terminal;
        stack.Summarise("Portal: http://localhost:1");

        Assert.Contains("portal | key •••", before, StringComparison.Ordinal);
        Assert.Contains("Password=•••;Database=crm", before, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret-value", before, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter22", before, StringComparison.Ordinal);
        Assert.Contains(
            "\nSet-up: http://localhost:1/setup?code=s3cret-value\n", stack.Terminal, StringComparison.Ordinal);
        Assert.DoesNotContain(
            stack["portal"].Log.Last(10), line => line.Text.Contains("s3cret", StringComparison.Ordinal));
    }
}
