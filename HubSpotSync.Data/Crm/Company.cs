namespace HubSpotSync.Data.Crm;

public sealed class Company : IWorkspaceOwned
{
    public Guid Id { get; init; }
    public Guid WorkspaceId { get; init; }
    public string? Name { get; set; }
    public string? Domain { get; set; }
    public string? Phone { get; set; }
    public string? Website { get; set; }
    public string? Industry { get; set; }
    public string? Address { get; set; }
    public string? City { get; set; }
    public string? State { get; set; }
    public string? PostalCode { get; set; }
    public string? Country { get; set; }
    public string? HubspotOwnerId { get; set; }
    public string Source { get; init; } = "local";
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; set; }
    public DateTimeOffset? ArchivedAt { get; set; }

    /// <summary>Kept by the database; lists are ordered by it.</summary>
    public string? SortName { get; private set; }
    public uint Version { get; private set; }
}
