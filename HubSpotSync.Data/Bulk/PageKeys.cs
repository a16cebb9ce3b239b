namespace HubSpotSync.Data.Bulk;

/// <summary>What the local sides of a page of HubSpot's records may be found by.</summary>
/// <param name="HubSpotIds">Their ids, and those of records that were merged into them.</param>
public sealed record PageKeys(long[] HubSpotIds)
{
    /// <summary>Normalised e-mails or domains.</summary>
    public string[] Addresses { get; init; } = [];

    /// <summary>Ids of ours that the records carry.</summary>
    public Guid[] OwnIds { get; init; } = [];

    /// <summary>The custom field that the admin chose; <c>null</c>: none.</summary>
    public string? UniqueField { get; init; }
    public string[] UniqueValues { get; init; } = [];
}
