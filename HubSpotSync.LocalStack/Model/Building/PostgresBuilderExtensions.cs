using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Postgres, with Aspire's signatures.</summary>
public static class PostgresBuilderExtensions
{
    private const int UsualPort = 5432;

    public static IResourceBuilder<PostgresServerResource> AddPostgres(
        this IDistributedApplicationBuilder builder,
        string name,
        IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
    {
        var secret = password?.Resource ?? ParameterBuilderExtensions.CreateDefaulted(
            builder, $"{name}-password", new GenerateParameterDefault { Special = false }, secret: true, persist: true);
        return builder.AddResource(new PostgresServerResource(name, secret))
            .With(new EndpointAnnotation(PostgresServerResource.EndpointName, "tcp", port ?? UsualPort));
    }

    public static IResourceBuilder<PostgresServerResource> WithHostPort(
        this IResourceBuilder<PostgresServerResource> builder, int? port)
    {
        builder.Resource.PrimaryEndpoint.Annotation.UsualPort = port;
        return builder;
    }

    public static IResourceBuilder<PostgresServerResource> WithDataVolume(
        this IResourceBuilder<PostgresServerResource> builder, string? name = null, bool isReadOnly = false) =>
        builder.With(new DataVolumeAnnotation());

    /// <summary>
    /// An admin tool in a container: this engine has none, the call is kept so that the model compiles.
    /// </summary>
    public static IResourceBuilder<T> WithPgAdmin<T>(
        this IResourceBuilder<T> builder,
        Action<IResourceBuilder<PgAdminContainerResource>>? configureContainer = null,
        string? containerName = null)
        where T : IResourceWithConnectionString => builder;

    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresServerResource> builder, string name, string? databaseName = null) =>
        builder.ApplicationBuilder
            .AddResource(new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource))
            .With(new RelationshipAnnotation(builder.Resource, "Parent"));
}

public sealed class PgAdminContainerResource(string name) : Resource(name);
