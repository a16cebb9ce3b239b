using Aspire.Hosting.ApplicationModel;

namespace HubSpotSync.LocalStack.Stack;

internal static class Summary
{
    /// <summary>Every address the model gives a name to, outward ones first, then the dashboard.</summary>
    public static IEnumerable<string> Lines(IEnumerable<ResourceInstance> instances, string dashboard)
    {
        var named = instances
            .SelectMany(instance => instance.Urls, (instance, url) => (instance, url))
            .Where(item => item.url.DisplayText is not null)
            .ToLookup(item => IsExternal(item.instance.Resource), item => $"{item.url.DisplayText}: {item.url.Url}");
        return [.. named[true], $"Dashboard: {dashboard}", .. named[false]];
    }

    private static bool IsExternal(IResource resource) =>
        resource.Annotations.OfType<EndpointAnnotation>().Any(endpoint => endpoint.IsExternal);
}
