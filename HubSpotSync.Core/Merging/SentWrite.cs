using System.Collections.Immutable;

namespace HubSpotSync.Core.Merging;

/// <summary>Something that was sent to HubSpot and of which nobody knows whether it was done.</summary>
/// <param name="IsOld">So long ago that it can't land any more.</param>
public sealed record SentWrite(Guid Id, ImmutableArray<FieldChange> Changes, bool IsOld)
{
    public DateTimeOffset At { get; init; }

    /// <summary>HubSpot is known to have done it, so it may have overwritten an edit.</summary>
    public bool HasLanded { get; init; }

    /// <summary>HubSpot was to make the record.</summary>
    public bool IsCreation { get; init; }
}
