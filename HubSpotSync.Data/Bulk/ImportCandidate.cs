using System.Collections.Immutable;

namespace HubSpotSync.Data.Bulk;

/// <summary>A contact that waits for a person: its values in the map's order, and who it may be here.</summary>
/// <param name="MatchedBy">What made them alike; <c>null</c> where nobody here is like it.</param>
public sealed record ImportCandidate(
    ImmutableArray<string?> Values, IReadOnlyList<Guid> MatchIds, string? MatchedBy);
