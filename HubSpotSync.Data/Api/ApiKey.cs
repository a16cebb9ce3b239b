namespace HubSpotSync.Data.Api;

/// <summary>A program's way in. The key itself is shown once; only its hash is kept.</summary>
public sealed class ApiKey : IWorkspaceOwned
{
    public Guid Id { get; init; }
    public Guid WorkspaceId { get; init; }
    public required string Name { get; init; }

    /// <summary>The key's last letters, to tell keys apart.</summary>
    public required string Hint { get; init; }
    public required byte[] KeyHash { get; init; }

    /// <summary>See <see cref="ApiScopes"/>.</summary>
    public required string[] Scopes { get; init; }
    public Guid? CreatedBy { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>To the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }
    public DateTimeOffset? RevokedAt { get; set; }
}
