using System.Collections.Immutable;
using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Bulk;
using HubSpotSync.HubSpotApi.Objects;

namespace HubSpotSync.Worker.Syncing;

/// <summary>A record that HubSpot has, its local side if there is one, and what was decided about the two.</summary>
internal sealed class InwardPair(HubSpotRecord record, LocalRow? local, PairState state)
{
    public HubSpotRecord Record { get; set; } = record;

    public LocalRow? Local { get; } = local;

    /// <summary>Records here whose HubSpot sides were merged into this one, the local side among them.</summary>
    public IReadOnlyList<LocalRow> Merged { get; init; } = [];

    /// <summary>Its HubSpot side is never <c>null</c>.</summary>
    public PairState State { get; set; } = state;

    /// <summary>A person was asked about it before.</summary>
    public bool WasCandidate { get; init; }

    /// <summary>What was sent for it before and of which it is known now what became of it.</summary>
    public ImmutableArray<SentWrite> Settled { get; init; } = [];

    /// <summary>The link as we know it; <c>null</c> where the two are not linked.</summary>
    public long? LinkVersion { get; set; } = local?.HubSpotId == record.Id ? local.LinkVersion : null;

    /// <summary>The note of what this look sends to HubSpot.</summary>
    public Guid? SentId { get; set; }

    /// <summary>Somebody else has sent or written something since we looked, so we sent nothing.</summary>
    public bool HasMoved { get; set; }

    public RecordPlan Plan { get; set; } = new RecordPlan.Nothing();
}

/// <summary>The pairs of a page.</summary>
/// <param name="EmailHolders">
/// Which customer here holds an address, whether or not that customer is among the pairs: no other may be given it.
/// </param>
internal sealed record InwardPage(List<InwardPair> Pairs, IReadOnlyDictionary<string, Guid> EmailHolders);
