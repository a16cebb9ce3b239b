using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace HubSpotSync.ServiceDefaults;

/// <summary>
/// Degraded, never unhealthy, while Redis is away: work goes on, more slowly. Stands in for the component's own check.
/// </summary>
internal sealed class RedisHealthCheck(IConnectionMultiplexer redis) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await redis.GetDatabase().PingAsync().WaitAsync(Patience, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            return HealthCheckResult.Degraded("Redis does not answer: work goes on, more slowly.");
        }
    }
}
