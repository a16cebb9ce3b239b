using Aspire.Hosting.ApplicationModel;
using HubSpotSync.LocalStack.Tools;

namespace HubSpotSync.LocalStack.Stack;

/// <summary>Turns the resources of a model into instances with a driver each.</summary>
internal sealed class InstanceFactory(StackModel model, DataFolder data, StackChanges changes, Toolbox toolbox)
{
    public IReadOnlyList<ResourceInstance> Create() => [.. model.Resources.SelectMany(Create)];

    private IEnumerable<ResourceInstance> Create(IResource resource)
    {
        for (var replica = 0; replica < PortAllocation.Replicas(resource); replica++)
        {
            var name = replica == 0 ? resource.Name : $"{resource.Name}-{replica + 1}";
            if (DriverOf(resource, name, replica) is { } driver)
            {
                var log = new ResourceLog(Path.Combine(data.Logs, name + ".log"));
                var number = replica;
                yield return new ResourceInstance(resource, name, driver, log, changes)
                {
                    ReadUrls = () => UrlsOf(resource, number),
                };
            }
        }
    }

    private IResourceDriver? DriverOf(IResource resource, string name, int replica) => resource switch
    {
        PostgresServerResource postgres => new PostgresDriver(
            postgres, DatabasesOf(postgres), data.Of(DataFolder.PostgresName), model.Options.ThrowAway, toolbox),
        RedisResource redis => new RedisDriver(redis, data.Of(DataFolder.RedisName), toolbox),
        ProjectResource project => new ProjectDriver(project, name, replica),
        _ => null,
    };

    private string[] DatabasesOf(PostgresServerResource server) =>
    [
        .. model.Resources.OfType<PostgresDatabaseResource>()
            .Where(database => database.Parent == server).Select(database => database.DatabaseName),
    ];

    private static ResourceUrlAnnotation[] UrlsOf(IResource resource, int replica)
    {
        var changesByEndpoint = resource.Annotations
            .OfType<UrlCallbackAnnotation>()
            .ToLookup(item => item.EndpointName);
        return [.. resource.Annotations.OfType<EndpointAnnotation>().Select(Build)];

        ResourceUrlAnnotation Build(EndpointAnnotation endpoint)
        {
            var url = new ResourceUrlAnnotation
            {
                Url = $"{endpoint.Scheme}://{EndpointAnnotation.LoopbackHost}:{endpoint.PortOf(replica)}",
            };
            foreach (var change in changesByEndpoint[endpoint.Name])
            {
                change.Change(url);
            }

            return url;
        }
    }
}
