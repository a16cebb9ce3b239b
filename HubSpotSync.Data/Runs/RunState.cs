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

    /// <summary>Its time had come.</summary>
    Schedule,

    /// <summary>Somebody changed what is synced.</summary>
    Rules,

    /// <summary>Somebody decided which contacts come.</summary>
    Review,
}

/// <summary>How much a run looks at.</summary>
public enum RunDepth
{
    /// <summary>What has changed on either side since the last run, and what failed.</summary>
    Changes,

    /// <summary>Every record; finds what was deleted, and what nobody told of.</summary>
    Full,

    /// <summary>The contacts that a person, or a rule for them, has let in.</summary>
    Decided,
}

/// <summary>The steps of a reconcile, in order.</summary>
public enum RunStep
{
    Owners,
    Pipelines,

    /// <summary>Who is in the lists that the admin chose.</summary>
    Lists,
    Companies,
    Contacts,
    Deals,
    Push,

    /// <summary>Edits in HubSpot that fell between our read and our write are looked for and put right.</summary>
    Overwritten,

    /// <summary>The contacts that were let in.</summary>
    Decided,

    /// <summary>Records that failed, or that were given up, are put into the queue again.</summary>
    Retries,
}
