using HubSpotSync.Benchmarks.Stages;

namespace HubSpotSync.Benchmarks.NoChange;

/// <summary>How many rows Postgres has written, by its own statistics.</summary>
/// <param name="Records">Of customers, links, outcomes and whatever else a run is about.</param>
/// <param name="Books">Of what a run writes of itself: its row, its checkpoints, its connection, its requests.</param>
internal sealed record TupleCounts(long Records, long Books)
{
    // A session tells what it did when it has been idle for ten seconds at the latest.
    private static readonly TimeSpan Told = TimeSpan.FromSeconds(12);

    public static async Task<TupleCounts> ReadAsync(StageDatabase database, CancellationToken cancellationToken)
    {
        await Task.Delay(Told, cancellationToken);
        const string Written =
            """
            select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::bigint from pg_stat_user_tables
              where relname in ('sync_runs', 'run_checkpoints', 'hubspot_connections', 'hubspot_usage')
            """;
        return new TupleCounts(
            await database.ScalarAsync<long>(
                Written.Replace(" in (", " not in (", StringComparison.Ordinal), cancellationToken),
            await database.ScalarAsync<long>(Written, cancellationToken));
    }
}
