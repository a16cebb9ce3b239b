namespace HubSpotSync.HubSpotApi.Limits;

/// <summary>At most <paramref name="Requests"/> in any window of this length.</summary>
public readonly record struct RateLimit(string Name, int Requests, TimeSpan Window)
{
    /// <summary>
    /// 110 in any 10 s per account for an OAuth app. HubSpot counts when a request arrives. That is between its leaving
    /// and its answer, so a place in the window is free again this time after the answer; where nobody lived to see
    /// that, this and a tenth of it after the leaving.
    /// </summary>
    public static RateLimit Burst { get; } = new("burst", 110, TimeSpan.FromMilliseconds(10_020));

    /// <summary>5 searches a second per account, shared with every other app.</summary>
    public static RateLimit Search { get; } = new("search", 5, TimeSpan.FromMilliseconds(1_020));

    /// <summary>What nobody may fill who looks at all there is, while somebody else is urgent.</summary>
    public int Kept => Name == Search.Name ? 0 : Math.Max(1, Requests / 10);

    /// <summary>What a lane may fill of the window where news come. The rest is for those before it.</summary>
    public RateLimit For(BudgetLane lane) => lane switch
    {
        BudgetLane.Backfill when Name == Burst.Name => this with { Requests = Requests - Math.Max(1, Requests / 20) },
        BudgetLane.Reconcile when Name == Burst.Name => this with { Requests = Requests - Math.Max(1, Requests / 40) },
        _ => this,
    };
}
