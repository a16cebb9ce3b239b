namespace HubSpotSync.Data.Connections;

/// <summary>
/// A person who is connected to one account has let us into another one and is asked which of the two it shall be.
/// </summary>
public sealed class PendingGrant : IWorkspaceOwned
{
    public Guid Id { get; init; }
    public Guid WorkspaceId { get; init; }
    public Guid UserId { get; init; }

    /// <summary>The connection that was in use when they came back. The question is about no other one.</summary>
    public Guid Replaces { get; init; }

    /// <summary>Of what their browser holds.</summary>
    public required byte[] NonceHash { get; init; }

    /// <summary>The account, its tokens and what was chosen, encrypted.</summary>
    public required string Sealed { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
}
