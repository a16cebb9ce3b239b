using System.Collections.Immutable;
using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Journal;

namespace HubSpotSync.Data.Bulk;

/// <summary>What a page does to the local record.</summary>
public enum LocalWrite
{
    None,
    Create,
    Update,

    /// <summary>It left the scope and is archived, until it is in scope again.</summary>
    Archive,
}

/// <summary>One record of a page, decided: what to write here, what to remember, and what to say about it.</summary>
public sealed record PageRow
{
    public required Guid? LocalId { get; init; }
    public required long? HubSpotId { get; init; }
    public LocalWrite Write { get; init; }

    /// <summary>For an update: the row version that was looked at.</summary>
    public long Version { get; init; }

    /// <summary>With an update: the record was archived when it left the scope and is taken back.</summary>
    public bool Revives { get; init; }

    /// <summary>All mapped values as they shall be; needed for a create or an update.</summary>
    public ImmutableArray<string?> Values { get; init; } = [];

    /// <summary>What changes here, for the journal and the field clock.</summary>
    public ImmutableArray<FieldChange> LocalChanges { get; init; } = [];

    /// <summary>What was changed in HubSpot, for the journal.</summary>
    public ImmutableArray<FieldChange> HubSpotChanges { get; init; } = [];

    /// <summary>The note of what was changed in HubSpot, where this look changed something there.</summary>
    public Guid? SentId { get; init; }

    /// <summary>
    /// Whether HubSpot changed a record that was there, as it was sent; <c>false</c>: it refused, or made a new one.
    /// </summary>
    public bool IsSentDone { get; init; }

    /// <summary>Notes of earlier looks, of which it is known now what became of them.</summary>
    public ImmutableArray<SentWrite> Settled { get; init; } = [];

    /// <summary>Notes of creations that the look knew of. A new link must not pass by one that it did not.</summary>
    public IReadOnlyList<Guid> KnownCreations { get; init; } = [];

    /// <summary>Notes of what we changed in HubSpot that were looked over and have done their service.</summary>
    public IReadOnlyList<Guid> LookedOver { get; init; } = [];

    /// <summary>
    /// When the record gets a look of its own: what is written here has to reach HubSpot, or what was sent there can't
    /// be found yet. <c>null</c>: none is needed.
    /// </summary>
    public DateTimeOffset? AsksForLookAt { get; init; }

    /// <summary>When the values taken from HubSpot were edited there, as far as is known.</summary>
    public DateTimeOffset EditedAt { get; init; }

    /// <summary>The same for single fields, by position, where more is known.</summary>
    public IReadOnlyDictionary<int, DateTimeOffset> FieldTimes { get; init; } =
        ImmutableDictionary<int, DateTimeOffset>.Empty;

    /// <summary>Why it is written here, where that is not the usual reason.</summary>
    public string? Cause { get; init; }

    /// <summary>What both sides now hold; <c>default</c> leaves the link as it is, or makes none.</summary>
    public ImmutableArray<string?> Ancestor { get; init; }
    public bool IsNewLink { get; init; }

    /// <summary>The link's row version that was looked at; <c>null</c> where there was none.</summary>
    public long? LinkVersion { get; init; }

    /// <summary>HubSpot's modified date of the state that was looked at.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>HubSpot's modified date after our write, where there was one.</summary>
    public DateTimeOffset? WrittenAt { get; init; }

    /// <summary>HubSpot has archived or lost the record: the link stays, marked, for a restore to take up.</summary>
    public bool IsDetached { get; init; }

    /// <summary>The person is to be forgotten: every value of the record goes.</summary>
    public bool IsErased { get; init; }

    /// <summary>By which the address of somebody erased is known again; <c>null</c> where there was none.</summary>
    public byte[]? EmailHash { get; init; }

    /// <summary>Ids that HubSpot merged into this one and that are linked here.</summary>
    public IReadOnlyList<long> MergedIds { get; init; } = [];

    /// <summary>Records here that are this one since HubSpot merged theirs; they are archived.</summary>
    public IReadOnlyList<Guid> MergedLocalIds { get; init; } = [];
    public bool WasCreatedInHubSpot { get; init; }
    public ImmutableArray<FieldConflict> Conflicts { get; init; } = [];

    /// <summary>Some of its fields waited for a person before this look.</summary>
    public bool HadOpenConflicts { get; init; }

    /// <summary>What a person has to know to say whether it shall come; <c>null</c>: nobody is asked.</summary>
    public ImportCandidate? Candidate { get; init; }

    /// <summary>Somebody was asked before this look.</summary>
    public bool WasCandidate { get; init; }

    /// <summary>Whether the look read which company the record belongs to; if not, that stays as it is.</summary>
    public bool KnowsCompany { get; init; }

    /// <summary>The same for the people of a deal.</summary>
    public bool KnowsPeople { get; init; }

    /// <summary>HubSpot's id of the associated company, the primary one where there are several.</summary>
    public long? CompanyHubSpotId { get; init; }

    /// <summary>For deals: HubSpot's ids of the associated contacts.</summary>
    public IReadOnlyList<long> ContactHubSpotIds { get; init; } = [];

    /// <summary>The record was looked at before in this run, so its exclusion is counted already.</summary>
    public bool WasSeenInThisRun { get; init; }
    public required OutcomeState State { get; init; }
    public required OutcomeReason Reason { get; init; }
    public string? Detail { get; init; }
}
