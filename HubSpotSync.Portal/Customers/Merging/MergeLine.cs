namespace HubSpotSync.Portal.Customers.Merging;

/// <summary>On the page of what was merged: which one lives on; on that one's: by whose address one came.</summary>
/// <param name="Goes">The id of the one that was merged, on its own page.</param>
internal sealed record MergeLine(string Href, string Name, Guid? Goes)
{
    /// <summary>An old address leads to the one that lives on, unless the old one itself is wanted.</summary>
    public string? LeadsTo(bool itself) => Goes is { } id && !itself ? $"{Href}?merged={id}" : null;
}
