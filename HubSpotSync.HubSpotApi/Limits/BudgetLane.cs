namespace HubSpotSync.HubSpotApi.Limits;

/// <summary>Who asks, in order of importance. A backfill leaves some of the budget to the lanes before it.</summary>
public enum BudgetLane
{
    Person,
    Push,
    Webhook,
    Reconcile,
    Backfill,
}

internal static class BudgetLanes
{
    /// <summary>Somebody waits for it, or it is news: it goes before everything that looks at all there is.</summary>
    public static bool IsUrgent(this BudgetLane lane) => lane < BudgetLane.Reconcile;
}
