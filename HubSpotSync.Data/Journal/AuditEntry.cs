namespace HubSpotSync.Data.Journal;

/// <summary>Something a person did to the workspace: who, when, what, before and after. Written once.</summary>
public sealed class AuditEntry : IWorkspaceOwned
{
    public long Id { get; init; }
    public Guid WorkspaceId { get; init; }
    public Guid? UserId { get; init; }

    /// <summary>A dotted name such as <c>hubspot.connected</c>.</summary>
    public required string Action { get; init; }
    public string? Subject { get; init; }

    /// <summary>JSON.</summary>
    public string? Before { get; init; }

    /// <summary>JSON.</summary>
    public string? After { get; init; }
    public DateTimeOffset At { get; init; }
}
