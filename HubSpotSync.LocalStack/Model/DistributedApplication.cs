using HubSpotSync.LocalStack.Processes;
using HubSpotSync.LocalStack.Stack;

namespace Aspire.Hosting;

/// <summary>The model, ready to be run on plain processes.</summary>
public sealed class DistributedApplication
{
    private readonly StackModel _model;

    internal DistributedApplication(StackModel model) => _model = model;

    public static IDistributedApplicationBuilder CreateBuilder(string[] args)
    {
        AppDomain.CurrentDomain.UnhandledException += SayInOneLine;
        return new DistributedApplicationBuilder(
            StackOptions.Parse(args, AppContext.BaseDirectory, ProcessEnvironment.Read));
    }

    public void Run() => RunAsync().GetAwaiter().GetResult();

    public Task RunAsync(CancellationToken cancellationToken = default) =>
        StackProgram.RunAsync(_model, cancellationToken);

    // A model that says what is wrong with its configuration needs no stack trace.
    private static void SayInOneLine(object sender, UnhandledExceptionEventArgs args)
    {
        if (args.ExceptionObject is DistributedApplicationException error)
        {
            Console.Error.WriteLine(error.Message);
            Environment.Exit(1);
        }
    }
}
