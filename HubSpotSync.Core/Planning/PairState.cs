using System.Collections.Immutable;
using HubSpotSync.Core.Matching;
using HubSpotSync.Core.Records;
using HubSpotSync.Core.Scope;

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
    ImmutableArray<string?> Ancestor)
{
    public ContactFacts Facts { get; init; }

    /// <summary>
    /// The local record was made here, so no list or activity in HubSpot decides whether it is synced.
    /// </summary>
    public bool IsFromHere { get; init; }

    /// <summary>It was archived because the contact left the scope, not by a person.</summary>
    public bool WasArchivedForScope { get; init; }

    /// <summary>A person took the two out of the sync. They stay linked, for the day they are taken back.</summary>
    public bool IsSetApart { get; init; }

    /// <summary>What was decided about it before it came; <c>null</c>: nothing.</summary>
    public ReviewDecision? Decision { get; init; }
}
