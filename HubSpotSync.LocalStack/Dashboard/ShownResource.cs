using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using HubSpotSync.LocalStack.Stack;

namespace HubSpotSync.LocalStack.Dashboard;

/// <summary>One row as people see it; the page is rendered from it, and updated from the same.</summary>
internal sealed record ShownResource(
    string Name, string State, string Health, string Started, int Restarts, string Note, bool CanStop)
{
    public static ShownResource Of(ResourceInstance instance) => new(
        instance.Name,
        instance.State.ToString(),
        HealthOf(instance),
        instance.StartedAt?.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture) ?? "",
        instance.Restarts,
        instance.Note ?? "",
        instance.State is not (ResourceState.Finished or ResourceState.Failed or ResourceState.Stopped));

    public static IEnumerable<string> Addresses(ResourceInstance instance) =>
        instance.Urls.Select(url => url.Url).Where(url => url.StartsWith("http", StringComparison.Ordinal));

    public static IEnumerable<CommandAnnotation> Commands(ResourceInstance instance) =>
        instance.Resource.Annotations.OfType<CommandAnnotation>();

    private static string HealthOf(ResourceInstance instance) => instance.State switch
    {
        ResourceState.Running => instance.IsHealthy ? "Healthy" : "Not healthy",
        _ => "",
    };
}

internal sealed record ShownLine(string Time, string Text, bool IsError)
{
    public static ShownLine Of(LogLine line) => new(
        line.Time.ToLocalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture), line.Text, line.IsError);
}
