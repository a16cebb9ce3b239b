using Microsoft.Extensions.Configuration;

namespace HubSpotSync.AppHost;

/// <summary>What several services of the product are given.</summary>
internal static class ProductExtensions
{
    private const string RealApi = "https://api.hubapi.com";
    private const string RealApp = "https://app.hubspot.com";

    /// <summary>For the migration only: it creates the tables and the role the others sign in as.</summary>
    public static IResourceBuilder<ProjectResource> WithOwnerOf(
        this IResourceBuilder<ProjectResource> project, CrmDatabase crm)
    {
        project.WithReference(crm.Owner);
        return crm.Server is { } server ? project.WaitFor(server) : project;
    }

    public static IResourceBuilder<ProjectResource> WithAppRoleOf(
        this IResourceBuilder<ProjectResource> project, CrmDatabase crm) =>
        project.WithEnvironment("ConnectionStrings__crm", crm.App);

    public static IResourceBuilder<ProjectResource> WithHubSpot(
        this IResourceBuilder<ProjectResource> project, HubSpotAccess hubSpot)
    {
        project.WithEnvironment("HubSpot__ClientId", hubSpot.ClientId)
            .WithEnvironment("HubSpot__ClientSecret", hubSpot.ClientSecret);
        return hubSpot.Fake is { } fake
            ? project.WithEnvironment("HubSpot__ApiUrl", fake).WithEnvironment("HubSpot__AppUrl", fake)
            : project.WithEnvironment("HubSpot__ApiUrl", RealApi).WithEnvironment("HubSpot__AppUrl", RealApp);
    }

    /// <summary>The fake tells this portal of changes, as HubSpot tells the address of an app.</summary>
    public static void WithWebhooksTo(this IResourceBuilder<ProjectResource> fake, EndpointReference portal) =>
        fake.WithEnvironment(
            "Fake__Webhooks__TargetUrl", ReferenceExpression.Create($"{portal}/hubspot/webhooks"));

    /// <summary>Hands a section of the AppHost's configuration on, such as <c>--Fake:LatencyMs=20</c>.</summary>
    public static IResourceBuilder<ProjectResource> WithSection(
        this IResourceBuilder<ProjectResource> project, IConfigurationSection section)
    {
        foreach (var setting in section.GetChildren())
        {
            project.WithEnvironment($"{section.Key}__{setting.Key}", setting.Value);
        }

        return project;
    }

    /// <summary>Waits for a server of ours; one from outside is not ours to wait for.</summary>
    public static IResourceBuilder<ProjectResource> WaitForServer(
        this IResourceBuilder<ProjectResource> project, IResourceBuilder<IResourceWithConnectionString> server) =>
        server.Resource is RedisResource ? project.WaitFor(server) : project;

    /// <summary>The dashboard's "Sync now": a request only those who hold the operator key can make.</summary>
    public static IResourceBuilder<ProjectResource> WithSyncNowCommand(
        this IResourceBuilder<ProjectResource> portal, IResourceBuilder<ParameterResource> operatorKey) =>
        portal.WithHttpCommand("/internal/sync-now", "Sync now", "http", "sync-now", new HttpCommandOptions
        {
            Method = HttpMethod.Post,
            PrepareRequest = async context => context.Request.Headers.Add(
                "X-Operator-Key", await operatorKey.Resource.GetValueAsync(context.CancellationToken)),
        });
}
