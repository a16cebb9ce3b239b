using Microsoft.AspNetCore.Identity;

namespace HubSpotSync.Data.Identity;

/// <summary>Somebody who signs in; belongs to one workspace.</summary>
public sealed class User : IdentityUser<Guid>
{
    public Guid WorkspaceId { get; init; }
    public WorkspaceRole Role { get; set; }
    public required string DisplayName { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? LastSignedInAt { get; set; }

    /// <summary>Since then they are gone, and only their name is left for what they did.</summary>
    public DateTimeOffset? RemovedAt { get; set; }
}
