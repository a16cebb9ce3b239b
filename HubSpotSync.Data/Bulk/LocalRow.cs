using System.Collections.Immutable;
using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Records;

namespace HubSpotSync.Data.Bulk;

/// <summary>A local record as it was read for a page.</summary>
/// <param name="HubSpotId">What it is linked to on this connection, or <c>null</c>.</param>
/// <param name="Ancestor">Last agreed values in the map's order; <c>default</c> without a link.</param>
/// <param name="Version">The row version that a write must still find.</param>
public sealed record LocalRow(
    Guid Id, long? HubSpotId, ImmutableArray<string?> Ancestor, bool IsArchived, long Version, RecordSnapshot Snapshot)
{
    /// <summary>The link's own row version, which a write of the link must still find.</summary>
    public long? LinkVersion { get; init; }

    /// <summary>What was sent to HubSpot for it and not looked over yet, the earliest first.</summary>
    public IReadOnlyList<SentWrite> Sent { get; init; } = [];

    /// <summary>The part of it of which nobody knows what became.</summary>
    public IReadOnlyList<SentWrite> Unanswered => [.. Sent.Where(sent => !sent.HasLanded)];

    /// <summary>Since when the pair is not synced, because HubSpot lost its side or it left the scope.</summary>
    public DateTimeOffset? DetachedAt { get; init; }

    /// <summary>An <see cref="Core.Planning.OutcomeReason"/>, or <c>null</c>.</summary>
    public string? DetachedReason { get; init; }

    public bool IsDetached => DetachedAt is not null;

    /// <summary>Since when HubSpot is known to have archived its side.</summary>
    public DateTimeOffset? ArchivedThereAt =>
        DetachedReason == nameof(Core.Planning.OutcomeReason.ArchivedInHubSpot) ? DetachedAt : null;

    /// <summary>It was first known here, not in HubSpot.</summary>
    public bool IsFromHere { get; init; }

    /// <summary>The engine archived it, because its contact left the scope.</summary>
    public bool WasArchivedForScope { get; init; }

    /// <summary>A person took it out of the sync.</summary>
    public bool IsSetApart { get; init; }

    /// <summary>Some of its fields wait for a person.</summary>
    public bool HasOpenConflicts { get; init; }

    /// <summary>It has become part of another record here.</summary>
    public bool IsMergedAway { get; init; }

    /// <summary>
    /// By HubSpot's clock: nothing that is older is news. The later of what was last seen whole and what we wrote.
    /// </summary>
    public DateTimeOffset? KnownUntil { get; init; }

    /// <summary>By HubSpot's clock: the modified date of the state that was last seen whole.</summary>
    public DateTimeOffset? SeenUntil { get; init; }
}
