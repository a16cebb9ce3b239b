namespace HubSpotSync.Portal.Customers.Merging;

/// <summary>Of a record that was merged, which one lives on; or on that one's page, by whose address one came.</summary>
/// <param name="Goes">The id of the one that was merged, on its own page.</param>
internal sealed record MergeLine(string Href, string Name, Guid? Goes)
{
    /// <summary>An old address leads to the one that lives on, unless somebody wants to see the old one itself.</summary>
    public string? LeadsTo(bool itself) => Goes is { } id && !itself ? $"{Href}?merged={id}" : null;
}
