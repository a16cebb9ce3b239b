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
