using System.Diagnostics.Metrics;
using HubSpotSync.Core.Records;
using HubSpotSync.ServiceDefaults.Telemetry;

namespace HubSpotSync.Worker.Health;

/// <summary>What operators watch: records looked at by outcome, and how much work waits since when.</summary>
internal sealed class SyncMetrics
{
    private readonly Counter<long> _records;
    private long _waiting;
    private double _oldestDueSeconds;

    public SyncMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(TelemetryNames.HubSpotSync);
        _records = meter.CreateCounter<long>("hubspotsync.records", "{record}", "Records looked at, by outcome");
        meter.CreateObservableGauge(
            "hubspotsync.queue.depth",
            () => Interlocked.Read(ref _waiting),
            "{run}",
            "Runs that wait or are under way");
        meter.CreateObservableGauge(
            "hubspotsync.queue.oldest_due",
            () => Volatile.Read(ref _oldestDueSeconds),
            "s",
            "Age of the oldest due run");
    }

    public void Looked(RecordKind kind, string outcome, int records)
    {
        if (records > 0)
        {
            _records.Add(records, new("kind", kind.ToString()), new("outcome", outcome));
        }
    }

    public void Sample(long waiting, TimeSpan oldestDue)
    {
        Interlocked.Exchange(ref _waiting, waiting);
        Volatile.Write(ref _oldestDueSeconds, Math.Max(0, oldestDue.TotalSeconds));
    }
}
