namespace HubSpotSync.Data.Identity;

/// <summary>A browser that somebody is signed in with.</summary>
public sealed class UserSession : IWorkspaceOwned
{
    public Guid Id { get; init; }
    public Guid WorkspaceId { get; init; }
    public Guid UserId { get; init; }
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Its last request, to the minute.</summary>
    public DateTimeOffset SeenAt { get; set; }
    public string? Address { get; set; }

    /// <summary>In words, such as "Firefox on Linux".</summary>
    public required string Browser { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
}
