namespace HubSpotSync.Data.Crm;

/// <summary>A word that people here sort customers and companies by.</summary>
public sealed class Tag : IWorkspaceOwned
{
    public const string NameIndex = "tags_name_key";
    public const int Longest = 50;

    public Guid Id { get; init; }
    public Guid WorkspaceId { get; init; }
    public required string Name { get; set; }
    public Guid? CreatedBy { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}
