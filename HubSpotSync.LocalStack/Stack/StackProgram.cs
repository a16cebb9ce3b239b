using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using HubSpotSync.LocalStack.Dashboard;
using HubSpotSync.LocalStack.Tools;

namespace HubSpotSync.LocalStack.Stack;

/// <summary>From a model to a running stack and back to nothing.</summary>
internal static class StackProgram
{
    public static async Task RunAsync(StackModel model, CancellationToken cancellationToken)
    {
        if (model.Options.Describe)
        {
            await Console.Out.WriteLineAsync(ModelDescription.Write(model));
            return;
        }

        try
        {
            if (OperatingSystem.IsWindows())
            {
                throw new DistributedApplicationException(
                    "Plain processes are run on Linux and macOS. On Windows use WSL, or build with -p:Engine=Aspire.");
            }

            await RunStackAsync(model, TimeProvider.System, cancellationToken);
        }
        catch (Exception error) when (error is DistributedApplicationException or ToolMissingException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            Environment.ExitCode = 1;
        }
    }

    private static async Task RunStackAsync(StackModel model, TimeProvider time, CancellationToken cancellationToken)
    {
        using var data = DataFolder.Open(model.Options);
        var secrets = await ReadSecretsAsync(model, cancellationToken);
        var console = StackConsole.ForTerminal(Widest(model));
        var output = new StackOutput(console, new SecretMask(secrets), time);
        foreach (var line in PortAllocation.Allocate(model.Resources))
        {
            output.Say(line);
        }

        var changes = new StackChanges();
        var instances = new InstanceFactory(model, data, changes, Toolbox.Default(output.Say)).Create();
        using var runner = new StackRunner(instances, changes, output, time);
        using var stop = new StopRequest(() =>
        {
            runner.Kill();
            Environment.Exit(130);
        });
        using var external = cancellationToken.Register(stop.Ask);
        _ = ParentWatch.RunAsync(stop.Ask, time, stop.Asked);
        await using var dashboard = await DashboardHost.StartAsync(runner, changes, stop.Asked);
        output.Say($"Starting {instances.Count} processes; data in {data.Path}; progress on {dashboard.Url}");
        runner.Start();
        try
        {
            await runner.WaitUntilSettledAsync(stop.Asked);
            output.SaySummary(Summary.Lines(instances, dashboard.Url));
            await Task.Delay(Timeout.InfiniteTimeSpan, time, stop.Asked);
        }
        catch (OperationCanceledException) when (stop.Asked.IsCancellationRequested)
        {
            output.Say("Stopping.");
        }

        await runner.StopAsync();
        output.Say("Stopped.");
    }

    private static int Widest(StackModel model) =>
        model.Resources.Where(resource => resource is not ParameterResource).Max(resource => resource.Name.Length);

    /// <summary>Reads every parameter, so that a missing one is said before anything starts.</summary>
    private static async Task<IReadOnlyList<string>> ReadSecretsAsync(
        StackModel model, CancellationToken cancellationToken)
    {
        List<string> secrets = [];
        foreach (var parameter in model.Parameters.Concat(model.Resources.SelectMany(PasswordOf)))
        {
            var value = await parameter.GetValueAsync(cancellationToken);
            if (parameter.Secret && value is not null)
            {
                secrets.Add(value);
            }
        }

        return secrets;
    }

    private static IEnumerable<ParameterResource> PasswordOf(IResource resource) => resource switch
    {
        PostgresServerResource postgres => [postgres.PasswordParameter],
        RedisResource redis => [redis.PasswordParameter],
        _ => [],
    };
}
