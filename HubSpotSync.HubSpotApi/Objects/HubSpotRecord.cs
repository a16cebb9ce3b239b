namespace HubSpotSync.HubSpotApi.Objects;

/// <summary>A record as HubSpot gave it.</summary>
/// <param name="Properties">Raw values by property name; an unset property is <c>null</c> or missing.</param>
/// <param name="Associated">
/// Ids of associated records by plural type name, the primary company first; <c>null</c> where they were not read.
/// </param>
public sealed record HubSpotRecord(
    long Id,
    IReadOnlyDictionary<string, string?> Properties,
    DateTimeOffset UpdatedAt,
    bool IsArchived,
    IReadOnlyDictionary<string, IReadOnlyList<long>>? Associated)
{
    public string? this[string property] => Properties.GetValueOrDefault(property);

    public IReadOnlyList<long> AssociatedWith(string type) => Associated?.GetValueOrDefault(type) ?? [];
}

/// <summary>A page of a list, and where the next one starts; <c>null</c> after the last.</summary>
public sealed record HubSpotPage(IReadOnlyList<HubSpotRecord> Records, string? Next);
