using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using HubSpotSync.LocalStack.Processes;
using HubSpotSync.LocalStack.Tools;

namespace HubSpotSync.LocalStack.Stack;

/// <summary>A built project: <c>dotnet exec</c> with the environment Aspire would give it.</summary>
internal sealed class ProjectDriver(ProjectResource project, string instanceName, int replica) : IResourceDriver
{
    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly EndpointAnnotation[] _endpoints = [.. project.Annotations.OfType<EndpointAnnotation>()];

    // Every server of the model has an endpoint; what has none (migrations, a demo run) does its work and ends.
    public bool RunsOnce => _endpoints.Length == 0;

    public async Task<ProcessSpec> PrepareAsync(CancellationToken cancellationToken)
    {
        var assembly = project.Metadata.AssemblyPath;
        if (!File.Exists(assembly))
        {
            throw new InvalidOperationException($"{assembly} is not built. Run dotnet build.");
        }

        var arguments = project.Annotations.OfType<ArgumentsAnnotation>().SelectMany(list => list.Arguments);
        return new ProcessSpec(ToolSearch.DotNet, ["exec", assembly, .. arguments])
        {
            Environment = await EnvironmentAsync(cancellationToken),
            // The AppHost's own settings (an owner's connection string among them) are not for every child.
            WithoutVariables = ["ConnectionStrings__", "Parameters__", "ASPNETCORE_URLS", "HUBSPOTSYNC_"],
            WorkingFolder = Path.GetDirectoryName(project.Metadata.ProjectPath),
        };
    }

    public async Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
    {
        foreach (var check in project.Annotations.OfType<HealthCheckAnnotation>())
        {
            var endpoint = _endpoints.Single(endpoint => endpoint.Name == check.EndpointName);
            if (!await AnswersAsync(new Uri(UrlOf(endpoint) + check.Path), check.StatusCode, cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    public Task BecameHealthyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task<bool> AnswersAsync(Uri address, int expected, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Client.GetAsync(address, cancellationToken);
            return (int)response.StatusCode == expected;
        }
        catch (Exception error) when (error is HttpRequestException
            || (error is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private async Task<Dictionary<string, string>> EnvironmentAsync(CancellationToken cancellationToken)
    {
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Logging__LogLevel__Microsoft.AspNetCore"] = "Warning", // or the health checks fill the log
            ["OTEL_SERVICE_NAME"] = project.Name,
            ["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={instanceName}",
        };
        if (_endpoints.Length > 0)
        {
            environment["ASPNETCORE_URLS"] = string.Join(';', _endpoints.Select(UrlOf));
        }

        foreach (var endpoint in _endpoints.Where(endpoint => endpoint.PortVariable is not null))
        {
            environment[endpoint.PortVariable!] = endpoint.PortOf(replica).ToString(CultureInfo.InvariantCulture);
        }

        foreach (var variable in project.Annotations.OfType<EnvironmentAnnotation>())
        {
            environment[variable.Name] = await ValueAsync(variable.Value, cancellationToken) ?? "";
        }

        return environment;
    }

    private static ValueTask<string?> ValueAsync(object? value, CancellationToken cancellationToken) => value switch
    {
        IValueProvider provider => provider.GetValueAsync(cancellationToken),
        Func<string> callback => new(callback()),
        _ => new(value as string),
    };

    private string UrlOf(EndpointAnnotation endpoint) => string.Create(
        CultureInfo.InvariantCulture,
        $"{endpoint.Scheme}://{EndpointAnnotation.LoopbackHost}:{endpoint.PortOf(replica)}");
}
