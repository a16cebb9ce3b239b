namespace HubSpotSync.Data.Crm;

/// <summary>A list as somebody wants to see it again.</summary>
public sealed class SavedView : IWorkspaceOwned
{
    public const string NameIndex = "saved_views_name_key";
    public const int LongestName = 60;

    public Guid Id { get; init; }
    public Guid WorkspaceId { get; init; }
    public Guid UserId { get; init; }

    /// <summary>Which list: <c>customers</c> or <c>companies</c>.</summary>
    public string List { get; init; } = "customers";
    public required string Name { get; set; }

    /// <summary>The part of the list's address after the question mark.</summary>
    public required string Query { get; set; }

    /// <summary>Everybody in the workspace sees it.</summary>
    public bool IsShared { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
}
