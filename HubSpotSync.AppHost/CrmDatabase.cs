using System.Data.Common;

namespace HubSpotSync.AppHost;

/// <summary>
/// The database as its two users see it: the owner, who migrates, and the role <c>hubspotsync_app</c>, which owns
/// nothing and is held by row-level security.
/// </summary>
internal sealed record CrmDatabase(
    IResourceBuilder<IResourceWithConnectionString> Owner,
    ReferenceExpression App,
    IResourceBuilder<IResource>? Server)
{
    private const string DatabaseName = "crm";
    private const string AppRole = "hubspotsync_app";

    private static readonly string[] Credentials =
        ["Username", "User Name", "User ID", "UserId", "User", "UID", "Password", "PSW", "PWD", "Passfile"];

    public static CrmDatabase Own(
        IResourceBuilder<PostgresServerResource> postgres, IResourceBuilder<ParameterResource> appPassword)
    {
        var endpoint = postgres.Resource.PrimaryEndpoint;
        var host = endpoint.Property(EndpointProperty.Host);
        var port = endpoint.Property(EndpointProperty.Port);
        var database = postgres.AddDatabase(DatabaseName);
        return new CrmDatabase(
            database,
            ReferenceExpression.Create(
                $"Host={host};Port={port};Username={AppRole};Password={appPassword};Database={DatabaseName}"),
            database);
    }

    public static CrmDatabase Given(
        IResourceBuilder<IResourceWithConnectionString> owner,
        string connectionString,
        IResourceBuilder<ParameterResource> appPassword)
    {
        var address = WithoutCredentials(connectionString);
        return new CrmDatabase(
            owner, ReferenceExpression.Create($"{address};Username={AppRole};Password={appPassword}"), null);
    }

    private static string WithoutCredentials(string connectionString)
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
        foreach (var name in Credentials)
        {
            parts.Remove(name);
        }

        return parts.ConnectionString;
    }
}
