namespace HubSpotSync.Data.Runs;

public enum RunState
{
    Waiting,
    Running,
    Done,
    Failed,
    Cancelled,
}

public enum RunTrigger
{
    /// <summary>The first reconcile after connecting.</summary>
    Initial,

    /// <summary>Somebody pressed a button.</summary>
    Manual,
}

/// <summary>The steps of a reconcile, in order.</summary>
public enum RunStep
{
    Owners,
    Pipelines,
    Companies,
    Contacts,
    Deals,
    Push,
}
