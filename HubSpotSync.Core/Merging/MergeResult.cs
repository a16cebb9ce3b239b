using System.Collections.Immutable;

namespace HubSpotSync.Core.Merging;

/// <summary>
/// What a merge decided. All four outputs matter; a test asserts all four. A value, so that a merge which decides
/// nothing, as most do, allocates nothing.
/// </summary>
/// <param name="Ancestor">
/// What both sides hold once the patches are applied, in the map's order. Fields that stay apart keep their old
/// ancestor, so that the next look sees the same difference again.
/// </param>
/// <param name="AwaitsHubSpotClock">
/// Fields whose rule needs to know when HubSpot's value was edited, which was not read yet: read the property history,
/// merge again. Until then they are in neither patch.
/// </param>
public readonly record struct MergeResult(
    ImmutableArray<FieldChange> LocalPatch,
    ImmutableArray<FieldChange> HubSpotPatch,
    ImmutableArray<string?> Ancestor,
    ImmutableArray<FieldConflict> Conflicts,
    ImmutableArray<int> AwaitsHubSpotClock)
{
    public bool ChangesNothing => LocalPatch.IsEmpty && HubSpotPatch.IsEmpty;
}
