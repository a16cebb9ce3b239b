namespace HubSpotSync.Data.Crm;

/// <summary>What a person wrote about a customer, a company or a deal. HubSpot never sees it.</summary>
public sealed class Note : IWorkspaceOwned
{
    public const string PrimaryKey = "notes_pkey";
    public const int Longest = 10_000;

    public Guid Id { get; init; }
    public Guid WorkspaceId { get; init; }
    public Guid? CustomerId { get; init; }
    public Guid? CompanyId { get; init; }
    public Guid? DealId { get; init; }
    public required string Text { get; set; }
    public Guid? CreatedBy { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? EditedAt { get; set; }

    /// <summary>Row version.</summary>
    public uint Version { get; private set; }
}
