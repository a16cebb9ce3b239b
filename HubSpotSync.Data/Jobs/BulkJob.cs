using HubSpotSync.Core.Records;

namespace HubSpotSync.Data.Jobs;

public enum BulkKind
{
    Tag,
    Untag,
    Archive,
    Restore,

    Owner,

    /// <summary>Takes the rows of a file.</summary>
    Import,
}

public enum BulkState
{
    Waiting,
    Running,
    Done,
    Failed,
}

/// <summary>Which records, and what becomes of them.</summary>
/// <param name="Ids">Those that were ticked; <c>null</c>: all that the query finds.</param>
/// <param name="Query">The part of the list's address after the question mark.</param>
/// <param name="Target">The tag's id or HubSpot's id of the owner.</param>
/// <param name="UndoOf">The job whose changes are taken back.</param>
public sealed record BulkChoice(Guid[]? Ids, string Query, string? Target = null, Guid? UndoOf = null)
{
    /// <summary>The key of the program that asked, where it was one.</summary>
    public Guid? KeyId { get; init; }
}

/// <summary>Work on many records that may take longer than somebody waits; done page by page.</summary>
public sealed class BulkJob : IWorkspaceOwned
{
    public const string ImportIndex = "bulk_jobs_import_key";
    public const string PrimaryKey = "bulk_jobs_pkey";

    public Guid Id { get; init; }
    public Guid WorkspaceId { get; init; }
    public BulkKind Kind { get; init; }

    /// <summary>Of what.</summary>
    public RecordKind RecordKind { get; init; }
    public required BulkChoice Choice { get; init; }
    public BulkState State { get; set; }
    public int Total { get; set; }
    public int Processed { get; set; }
    public int Changed { get; set; }

    /// <summary>Why records were left as they are → how many.</summary>
    public Dictionary<string, int> Skipped { get; set; } = [];

    /// <summary>The last record of the last page; <c>null</c>: none is done yet.</summary>
    public string? Place { get; set; }
    public Guid? ImportId { get; init; }
    public Guid? RequestedBy { get; init; }
    public DateTimeOffset RequestedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; set; }
    public DateTimeOffset DueAt { get; set; }
    public int Attempts { get; set; }
    public string? LeaseOwner { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>In words.</summary>
    public string? LastError { get; set; }

    public bool IsActive => State is BulkState.Waiting or BulkState.Running;
}
