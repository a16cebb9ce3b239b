using Aspire.Npgsql.EntityFrameworkCore.PostgreSQL;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using HubSpotSync.ServiceDefaults.LocalComponents;

namespace Microsoft.Extensions.Hosting;

/// <summary>Stands in for Aspire's Npgsql component where its package is not used; same name, same signature.</summary>
public static class LocalNpgsqlExtensions
{
    /// <summary>Registers <typeparamref name="TContext"/> as a pooled context on the named connection string.</summary>
    public static void AddNpgsqlDbContext<TContext>(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<NpgsqlEntityFrameworkCorePostgreSQLSettings>? configureSettings = null,
        Action<DbContextOptionsBuilder>? configureDbContextOptions = null)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        var settings = new NpgsqlEntityFrameworkCorePostgreSQLSettings
        {
            ConnectionString = builder.Configuration.GetConnectionString(connectionName),
        };
        configureSettings?.Invoke(settings);
        builder.Services.AddDbContextPool<TContext>(options =>
        {
            if (string.IsNullOrEmpty(settings.ConnectionString))
            {
                throw new InvalidOperationException(
                    $"There is no connection string '{connectionName}'. Set ConnectionStrings__{connectionName}.");
            }

            options.UseNpgsql(settings.ConnectionString, npgsql =>
            {
                if (settings.CommandTimeout is { } seconds)
                {
                    npgsql.CommandTimeout(seconds);
                }

                if (!settings.DisableRetry)
                {
                    npgsql.EnableRetryOnFailure();
                }
            });
            configureDbContextOptions?.Invoke(options);
        });
        if (!settings.DisableHealthChecks)
        {
            builder.Services.AddHealthChecks().AddCheck<DbContextHealthCheck<TContext>>(typeof(TContext).Name);
        }
    }
}
