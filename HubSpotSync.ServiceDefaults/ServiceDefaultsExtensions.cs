using HubSpotSync.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace HubSpotSync.ServiceDefaults;

/// <summary>What every service of the product shares: telemetry, health endpoints and a validated container.</summary>
public static class ServiceDefaultsExtensions
{
    private const string LiveTag = "live";

    /// <summary>
    /// Adds OpenTelemetry (exported by OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set), the health checks and
    /// container validation in every environment. HTTP clients get no retry handler here: a default handler would
    /// repeat POSTs as well, and each client of this product decides for itself what is safe to repeat.
    /// </summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.AddTelemetry();
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [LiveTag]);
        builder.ConfigureContainer(new DefaultServiceProviderFactory(new ServiceProviderOptions
        {
            ValidateOnBuild = true,
            ValidateScopes = true,
        }));
        return builder;
    }

    /// <summary>Redis' part of <c>/health</c>. Use it with the component's own check switched off.</summary>
    public static TBuilder AddRedisHealthCheck<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddHealthChecks().AddCheck<RedisHealthCheck>("redis");
        return builder;
    }

    /// <summary>
    /// <c>/alive</c>: the process answers. <c>/health</c>: it and what it stands on are well. Both say only a word and
    /// the names of the checks, so they may be read without signing in. Nothing comes between: whoever asks with a
    /// session gets the same answer, also while the database that knows the session is away.
    /// </summary>
    public static IEndpointRouteBuilder MapDefaultEndpoints(this IEndpointRouteBuilder endpoints)
    {
        var alive = new HealthCheckOptions { Predicate = check => check.Tags.Contains(LiveTag) };
        endpoints.MapHealthChecks("/alive", alive).AllowAnonymous().ShortCircuit();
        var health = new HealthCheckOptions { ResponseWriter = HealthReportWriter.WriteAsync };
        endpoints.MapHealthChecks("/health", health).AllowAnonymous().ShortCircuit();
        return endpoints;
    }
}
