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

    /// <summary>How many ids there are between the first and the last of its last page.</summary>
    internal long Span { get; set; }
}

/// <summary>What a page brings: its records with ids above one and up to another.</summary>
/// <param name="UpTo"><c>null</c>: whatever follows.</param>
public sealed record ListPart(long After, long? UpTo)
{
    public bool Has(long id) => id > After && (UpTo is null || id <= UpTo);
}
