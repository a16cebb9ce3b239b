namespace HubSpotSync.Data.Identity;

/// <summary>The tenant: everything carries its id.</summary>
public sealed class Workspace
{
    public Guid Id { get; init; }
    public required string Name { get; set; }
    public required string TimeZone { get; set; }
    public required string Currency { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
}
