namespace HubSpotSync.Core.Listing;

/// <summary>A part of a list that is read page after page; see <see cref="ListRanges"/>.</summary>
public sealed class ListRange
{
    internal ListRange(long? begin, long lastId, string? after)
    {
        (Begin, LastId, After) = (begin, lastId, after);
    }

    /// <summary>The cursor of its next page; <c>null</c>: the list's first.</summary>
    public string? After { get; internal set; }

    /// <summary>Its smallest id, which the part before it ends at; <c>null</c> until its first page has come.</summary>
    internal long? Begin { get; set; }

    /// <summary>All of it up to here has been taken.</summary>
    internal long LastId { get; set; }

    internal bool IsDone { get; set; }

    /// <summary>No record of it is likely to have a larger id; <c>null</c>: not known.</summary>
    internal long? Until { get; set; }

    /// <summary>How many ids there are between the first and the last of its last page.</summary>
    internal long Span { get; set; }
}

/// <summary>About how long a list is.</summary>
/// <param name="Count">Its records; 0: not known.</param>
/// <param name="LargestId">0: not known.</param>
public readonly record struct ListSize(int Count, long LargestId);

/// <summary>What a page brings: its records with ids above one and up to another.</summary>
/// <param name="UpTo"><c>null</c>: whatever follows.</param>
public sealed record ListPart(long After, long? UpTo)
{
    public bool Has(long id) => id > After && (UpTo is null || id <= UpTo);
}
