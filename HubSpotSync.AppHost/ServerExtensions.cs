namespace HubSpotSync.AppHost;

/// <summary>Run mode and publish mode differ for servers: lasting data, admin tools, the first database.</summary>
internal static class ServerExtensions
{
    public static IResourceBuilder<PostgresServerResource> ForThisRun(
        this IResourceBuilder<PostgresServerResource> postgres, Choices choices)
    {
        if (!choices.IsDemo)
        {
            postgres.WithDataVolume();
        }

        if (postgres.ApplicationBuilder.ExecutionContext.IsPublishMode)
        {
            // Only a run creates the databases of the model; the published image creates this one itself.
            postgres.WithEnvironment("POSTGRES_DB", "crm");
        }
        else if (choices.WithTools)
        {
            postgres.WithPgAdmin();
        }

        return postgres;
    }

    public static IResourceBuilder<RedisResource> ForThisRun(
        this IResourceBuilder<RedisResource> redis, Choices choices)
    {
        if (!choices.IsDemo)
        {
            redis.WithDataVolume().WithPersistence();
        }

        return choices.WithTools && redis.ApplicationBuilder.ExecutionContext.IsRunMode
            ? redis.WithRedisInsight()
            : redis;
    }
}
