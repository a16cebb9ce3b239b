namespace HubSpotSync.Data.Identity;

public enum UserLinkKind
{
    /// <summary>Makes an account.</summary>
    Invitation,

    /// <summary>Lets somebody choose a new password.</summary>
    NewPassword,
}

/// <summary>A link that lets somebody in once. Only the hash of its code is kept.</summary>
public sealed class UserLink : IWorkspaceOwned
{
    public Guid Id { get; init; }
    public Guid WorkspaceId { get; init; }
    public UserLinkKind Kind { get; init; }
    public required byte[] CodeHash { get; init; }

    /// <summary>Of an invitation: who is meant.</summary>
    public string? Email { get; init; }

    /// <summary>Of an invitation: what they become.</summary>
    public WorkspaceRole? Role { get; init; }

    /// <summary>Whose password it is, or who came in by it.</summary>
    public Guid? UserId { get; set; }
    public Guid? CreatedBy { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
}
