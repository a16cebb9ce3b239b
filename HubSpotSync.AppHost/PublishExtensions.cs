namespace HubSpotSync.AppHost;

internal static class PublishExtensions
{
    /// <summary>
    /// Where `aspire publish` writes for. One environment only: with two of them every resource would have to name
    /// its own.
    /// </summary>
    public static void AddPublishTarget(this IDistributedApplicationBuilder builder, Choices choices)
    {
        if (!builder.ExecutionContext.IsPublishMode)
        {
            return;
        }

        switch (choices.PublishTarget)
        {
#if ENGINE_ASPIRE
            case "compose":
                builder.AddDockerComposeEnvironment("compose");
                break;
            case "kubernetes":
                builder.AddKubernetesEnvironment("kubernetes");
                break;
#endif
            default:
                throw new DistributedApplicationException(
                    $"Publish:Target is '{choices.PublishTarget}'; it has to be compose or kubernetes.");
        }
    }
}
