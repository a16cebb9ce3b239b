using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Redis, with Aspire's signatures.</summary>
public static class RedisBuilderExtensions
{
    private const int UsualPort = 6379;

    public static IResourceBuilder<RedisResource> AddRedis(
        this IDistributedApplicationBuilder builder,
        string name,
        int? port = null,
        IResourceBuilder<ParameterResource>? password = null)
    {
        var secret = password?.Resource ?? ParameterBuilderExtensions.CreateDefaulted(
            builder, $"{name}-password", new GenerateParameterDefault { Special = false }, secret: true, persist: true);
        return builder.AddResource(new RedisResource(name, secret))
            .With(new EndpointAnnotation(RedisResource.EndpointName, "tcp", port ?? UsualPort));
    }

    public static IResourceBuilder<RedisResource> WithDataVolume(
        this IResourceBuilder<RedisResource> builder, string? name = null, bool isReadOnly = false) =>
        builder.With(new DataVolumeAnnotation());

    public static IResourceBuilder<RedisResource> WithPersistence(
        this IResourceBuilder<RedisResource> builder, TimeSpan? interval = null, long keysChangedThreshold = 1)
    {
        builder.Resource.SaveInterval = interval ?? TimeSpan.FromSeconds(60);
        return builder;
    }

    /// <summary>
    /// An admin tool in a container: this engine has none, the call is kept so that the model compiles.
    /// </summary>
    public static IResourceBuilder<RedisResource> WithRedisInsight(
        this IResourceBuilder<RedisResource> builder,
        Action<IResourceBuilder<RedisInsightResource>>? configureContainer = null,
        string? containerName = null) => builder;
}

public sealed class RedisInsightResource(string name) : Resource(name);
