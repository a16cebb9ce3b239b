using System.ComponentModel.DataAnnotations.Schema;
using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HubSpotSync.Worker.Health;

/// <summary>
/// Degraded while a connection needs to be reconnected, or had no successful run for longer than a day.
/// </summary>
internal sealed class SyncHealthCheck(CrmDbContext db, TimeProvider clock) : IHealthCheck
{
    private static readonly TimeSpan StaleAfter = TimeSpan.FromHours(26); // a nightly run and some patience

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var states = await db.Database
            .SqlQuery<StateCount>($"select state, connections, oldest_success from connection_health()")
            .ToListAsync(cancellationToken);
        var lost = states
            .Where(state => state.State == nameof(ConnectionState.NeedsReconnection))
            .Sum(state => state.Connections);
        if (lost > 0)
        {
            return HealthCheckResult.Degraded($"{lost} HubSpot connection(s) need to be reconnected.");
        }

        return states.Any(state => state.State == nameof(ConnectionState.Connected)
            && state.OldestSuccess is { } last && clock.GetUtcNow() - last > StaleAfter)
            ? HealthCheckResult.Degraded("A HubSpot connection had no successful sync for more than 26 hours.")
            : HealthCheckResult.Healthy();
    }

    private sealed record StateCount(
        [property: Column("state")] string State,
        [property: Column("connections")] long Connections,
        [property: Column("oldest_success")] DateTimeOffset? OldestSuccess);
}
