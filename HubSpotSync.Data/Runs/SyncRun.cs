namespace HubSpotSync.Data.Runs;

/// <summary>
/// One batch run of a connection: asked for by a page, claimed by a worker, resumable from its checkpoints.
/// </summary>
public sealed class SyncRun : IWorkspaceOwned
{
    public const string ActiveIndex = "sync_runs_active_key";

    public Guid Id { get; init; }
    public Guid WorkspaceId { get; init; }
    public Guid ConnectionId { get; init; }
    public RunTrigger Trigger { get; init; }
    public RunDepth Depth { get; set; }
    public RunState State { get; set; }
    public RunStep? Step { get; set; }
    public Guid? RequestedBy { get; init; }
    public DateTimeOffset RequestedAt { get; init; }
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>The same by HubSpot's clock, which is what it dates its records by.</summary>
    public DateTimeOffset? HubspotStartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
    public DateTimeOffset DueAt { get; set; }
    public string? LeaseOwner { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }
    public int Attempts { get; set; }

    /// <summary>Records to look at; <c>null</c> until they were counted.</summary>
    public int? Total { get; set; }
    public int Processed { get; set; }
    public int Created { get; set; }
    public int Updated { get; set; }
    public int Linked { get; set; }
    public int Unchanged { get; set; }
    public int Excluded { get; set; }
    public int Failed { get; set; }

    /// <summary>Created in HubSpot.</summary>
    public int Pushed { get; set; }

    /// <summary>Sent to HubSpot.</summary>
    public int Requests { get; init; }

    /// <summary>Since when no page could be done; <c>null</c> while it goes on.</summary>
    public DateTimeOffset? FailingSince { get; set; }

    /// <summary>For people: why it stands still right now.</summary>
    public string? WaitReason { get; set; }
    public DateTimeOffset? WaitUntil { get; set; }

    /// <summary>For people: what slows it down without stopping it, such as a Redis that is away.</summary>
    public string? Hindrance { get; set; }
    public string? LastError { get; set; }
    public bool CancelRequested { get; set; }

    public bool IsActive => State is RunState.Waiting or RunState.Running;
}
