namespace HubSpotSync.Data.Jobs;

public enum RowOutcome
{
    Created,
    Updated,

    /// <summary>The record says all of it already, or is to stay as it is.</summary>
    Unchanged,
    Refused,
}

public sealed class CsvImportRow : IWorkspaceOwned
{
    public Guid ImportId { get; init; }

    /// <summary>Where it stands in the file; the first one is 1.</summary>
    public int Line { get; init; }
    public Guid WorkspaceId { get; init; }
    public required string[] Cells { get; init; }

    /// <summary>What the record is told apart by under the mapping; kept by the database.</summary>
    public string? Key { get; private set; }
    public RowOutcome? Outcome { get; set; }

    /// <summary>Why it was refused, in words.</summary>
    public string? Problem { get; set; }

    /// <summary>Who it was about, so that it goes when they are erased; a company needs none.</summary>
    public Guid? CustomerId { get; set; }
}
