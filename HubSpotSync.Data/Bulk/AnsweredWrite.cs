using System.Collections.Immutable;
using HubSpotSync.Core.Merging;

namespace HubSpotSync.Data.Bulk;

/// <summary>What we changed in a record of HubSpot since somebody last looked what that overwrote.</summary>
/// <param name="Ids">The notes it comes from.</param>
/// <param name="Changes">
/// The earliest first, also of writes that are not answered: what they left there is ours, not an edit.
/// </param>
public sealed record AnsweredWrite(
    Guid LocalId, long HubSpotId, IReadOnlyList<Guid> Ids, ImmutableArray<FieldChange> Changes);
