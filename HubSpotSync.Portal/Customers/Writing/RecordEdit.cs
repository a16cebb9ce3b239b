namespace HubSpotSync.Portal.Customers.Writing;

/// <summary>What somebody wants a record to say.</summary>
/// <param name="Values">By field; fields that are not here stay as they are.</param>
internal sealed record RecordEdit(Guid Id, IReadOnlyDictionary<string, string?> Values)
{
    /// <summary>The row version that was read before; <c>null</c> overwrites whatever is there.</summary>
    public uint? Version { get; init; }

    /// <summary>
    /// What the fields said when they were read. With it only those count that were changed, and somebody else's edit
    /// of other fields stands in nobody's way.
    /// </summary>
    public IReadOnlyDictionary<string, string?>? Was { get; init; }
}
