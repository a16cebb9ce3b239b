using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Journal;
using HubSpotSync.Data.Links;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Review;

namespace HubSpotSync.Portal.Why;

/// <summary>Everything that is known here of how a record stands with HubSpot.</summary>
internal sealed record Standing(HubSpotConnection Connection, RecordKind Kind, long? HubSpotId, LocalSide? Local)
{
    public RecordLink? Link { get; init; }

    /// <summary>What both sides were last seen to hold; empty where they were never linked.</summary>
    public IReadOnlyDictionary<string, string?> Ancestor { get; init; } = new Dictionary<string, string?>();

    public RecordOutcome? Outcome { get; init; }

    /// <summary>As it waits in the import review.</summary>
    public Candidate? Candidate { get; init; }

    public ReviewDecision? Decision { get; init; }

    /// <summary>HubSpot's ids of the chosen lists that it is in.</summary>
    public IReadOnlyList<long> InLists { get; init; } = [];

    /// <summary>A look at it is due, or under way.</summary>
    public bool IsWaiting { get; init; }

    public SyncPolicy Policy { get; } = Connection.Policy;

    public FieldMap Map { get; } = Connection.Policy.MapOf(Kind);

    public RecordAddress Address => RecordAddress.Of(Kind, HubSpotId, Local?.Id);

    public string Name => Local?.Name ?? Candidate?.Name
        ?? $"HubSpot {Kind.ToString().ToLowerInvariant()} {HubSpotId}";

    public string? HubSpotHref => HubSpotId is { } id ? HubSpotLinks.Record(Connection, Kind, id) : null;

    public bool IsSetApart => Link?.SetApartAt is not null;
}
