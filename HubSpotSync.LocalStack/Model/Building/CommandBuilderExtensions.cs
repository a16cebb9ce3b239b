using Aspire.Hosting.ApplicationModel;
using HubSpotSync.LocalStack.Stack;

namespace Aspire.Hosting;

/// <summary>Commands, shown as buttons on the dashboard, with Aspire's signatures.</summary>
public static class CommandBuilderExtensions
{
    public static IResourceBuilder<T> WithCommand<T>(
        this IResourceBuilder<T> builder,
        string name,
        string displayName,
        Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand,
        CommandOptions? commandOptions = null)
        where T : IResource => builder.With(new CommandAnnotation(name, displayName, executeCommand));

    public static IResourceBuilder<T> WithHttpCommand<T>(
        this IResourceBuilder<T> builder,
        string path,
        string displayName,
        string? endpointName = null,
        string? commandName = null,
        HttpCommandOptions? commandOptions = null)
        where T : IResourceWithEndpoints
    {
        var endpoint = new EndpointReference(builder.Resource, endpointName ?? "http");
        var command = new HttpCommand(endpoint, path, commandOptions ?? new HttpCommandOptions());
        var name = commandName ?? path.Trim('/').Replace('/', '-');
        return builder.WithCommand(name, displayName, command.ExecuteAsync);
    }
}
