namespace HubSpotSync.FakeHubSpot.Webhooks;

/// <summary>How badly deliveries behave, turned while the fake runs. Times are real; retries use the fake's.</summary>
internal sealed class DeliverySettings
{
    public const int MostEventsACall = 100;

    public DeliverySettings() => Reset();

    public bool Paused { get; set; }
    public bool Shuffle { get; set; }
    public double DuplicateShare { get; set; }
    public double DropShare { get; set; }
    public int DelayMs { get; set; }
    public int BatchWindowMs { get; set; }
    public int MaxBatchSize { get; set; }
    public int TimeoutMs { get; set; }

    /// <summary>Events one account may have waiting; what comes on top is thrown away and counted.</summary>
    public int MostWaiting { get; set; }

    public void Reset()
    {
        Paused = Shuffle = false;
        DuplicateShare = DropShare = DelayMs = 0;
        (BatchWindowMs, MaxBatchSize, TimeoutMs, MostWaiting) = (20, MostEventsACall, 5_000, 50_000);
    }
}
