using System.Collections.Immutable;
using HubSpotSync.Core.Matching;
using HubSpotSync.Core.Records;

namespace HubSpotSync.Core.Planning;

/// <summary>Everything the planner looks at for one record.</summary>
/// <param name="Local"><c>null</c>: there is none here.</param>
/// <param name="HubSpot"><c>null</c>: there is none in HubSpot (which was asked and said so).</param>
/// <param name="Ancestor">Last agreed values, or <c>default</c> where the two were never linked.</param>
public sealed record PairState(
    RecordSnapshot? Local,
    bool LocalIsArchived,
    RecordSnapshot? HubSpot,
    MatchResult Match,
    ImmutableArray<string?> Ancestor);
