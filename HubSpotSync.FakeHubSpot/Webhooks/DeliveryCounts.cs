namespace HubSpotSync.FakeHubSpot.Webhooks;

/// <summary>What an account's events came to. All but calls and times are numbers of events.</summary>
internal sealed record DeliveryCounts(int PortalId)
{
    /// <summary>New events that wait for their first call.</summary>
    public int Pending { get; init; }

    public int WaitingForRetry { get; init; }
    public DateTimeOffset? NextRetryAt { get; init; }
    public int CallsInFlight { get; init; }
    public int MostCallsInFlight { get; init; }
    public int Delivered { get; init; }
    public int FailedCalls { get; init; }
    public int GivenUp { get; init; }

    /// <summary>Lost on purpose, as the settings say.</summary>
    public int Dropped { get; init; }

    public int Duplicated { get; init; }

    /// <summary>Thrown away: too many waited, or the app was uninstalled meanwhile.</summary>
    public int Discarded { get; init; }
}
