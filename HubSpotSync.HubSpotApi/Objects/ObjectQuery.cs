using HubSpotSync.Core.Records;

namespace HubSpotSync.HubSpotApi.Objects;

/// <summary>What to read of which kind of record.</summary>
/// <param name="Associations">Plural type names; HubSpot gives them with lists, not with batches.</param>
public sealed record ObjectQuery(RecordKind Kind, IReadOnlyList<string> Properties, IReadOnlyList<string> Associations)
{
    // HubSpot, and what lies on the way there, takes 8,192 characters of an address for certain, and 3,000 of a search.
    private const int LongestInAddress = 6_000;
    private const int LongestInSearch = 2_000;
    private static readonly string[] Nothing = ["hs_object_id"];

    /// <summary>Whether records can be read whole by a list, or by an address of their own.</summary>
    internal bool FitsAddress => Length <= LongestInAddress;

    /// <summary>Whether a search can give records whole.</summary>
    internal bool FitsSearch => Length <= LongestInSearch;

    /// <summary>What an address asks for: where there is no room, nothing that is not there anyway.</summary>
    internal IReadOnlyList<string> PropertiesInAddress => FitsAddress ? Properties : Nothing;

    /// <summary>The same of a search.</summary>
    internal IReadOnlyList<string> PropertiesInSearch => FitsSearch ? Properties : Nothing;

    private int Length => Properties.Sum(name => name.Length + 3); // with quotes and a comma
}
