using System.Collections.Immutable;

namespace HubSpotSync.Core.Merging;

/// <summary>Something that was sent to HubSpot and is not looked over yet.</summary>
/// <param name="IsOld">So long ago that it can't land any more.</param>
public sealed record SentWrite(Guid Id, ImmutableArray<FieldChange> Changes, bool IsOld)
{
    public DateTimeOffset At { get; init; }

    /// <summary>HubSpot has done it, and may have overwritten an edit; <c>false</c>: nobody knows.</summary>
    public bool HasLanded { get; init; }

    /// <summary>HubSpot was to make the record.</summary>
    public bool IsCreation { get; init; }
}
