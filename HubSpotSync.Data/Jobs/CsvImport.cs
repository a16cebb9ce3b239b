using HubSpotSync.Core.Records;

namespace HubSpotSync.Data.Jobs;

/// <summary>A file of customers or companies on its way in, as it was sent.</summary>
public sealed class CsvImport : IWorkspaceOwned
{
    public Guid Id { get; init; }
    public Guid WorkspaceId { get; init; }
    public RecordKind Kind { get; init; } = RecordKind.Contact;
    public required string FileName { get; init; }
    public required string[] Headers { get; init; }
    public int RowCount { get; set; }

    /// <summary>Number of a column → name of the field that it holds.</summary>
    public Dictionary<int, string> Mapping { get; set; } = [];

    /// <summary>Whether those who are here already take the file's values.</summary>
    public bool Updates { get; set; } = true;

    /// <summary>The tag that everybody of the file gets.</summary>
    public Guid? TagId { get; set; }
    public Guid? CreatedBy { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}
