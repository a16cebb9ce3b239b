using System.Diagnostics;
using HubSpotSync.Benchmarks.Measuring;
using HubSpotSync.Benchmarks.Stages;

namespace HubSpotSync.Benchmarks.Push;

/// <summary>
/// A customer every tenth of a second for a minute, and how long each took from its commit here to the contact there:
/// the database's clock when it committed, the fake's when it made the record. Both are this machine's.
/// </summary>
internal sealed class SteadyCreates(Stage stage, LocalCustomers customers)
{
    private const int Count = 600;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <param name="group">What the addresses begin with.</param>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> MakeAsync(
        string group, CancellationToken cancellationToken)
    {
        var committed = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        await using var connection = await stage.Database.OpenAsync(cancellationToken);
        var started = Stopwatch.GetTimestamp();
        for (var number = 1; number <= Count; number++)
        {
            if ((Interval * number) - Stopwatch.GetElapsedTime(started) is { Ticks: > 0 } rest)
            {
                await Task.Delay(rest, cancellationToken);
            }

            committed[LocalCustomers.Email(group, number)] =
                await customers.AddOneAsync(connection, group, number, cancellationToken);
        }

        return committed;
    }

    public async Task<Latencies> SeeAsync(
        IReadOnlyDictionary<string, DateTimeOffset> committed, CancellationToken cancellationToken)
    {
        await stage.NothingWaitsAsync(cancellationToken);
        var made = await stage.HubSpot.ReadCreationsAsync(committed.Keys.ToHashSet(), cancellationToken);
        return made.Count == committed.Count
            ? new Latencies([.. made.Select(one => one.Value - committed[one.Key])])
            : throw new InvalidOperationException($"HubSpot has {made.Count} of {committed.Count} customers.");
    }
}
