using System.ComponentModel.DataAnnotations.Schema;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Journal;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Why;
using HubSpotSync.Portal.Words;

namespace HubSpotSync.Portal.Health;

/// <summary>A record with what its last look ended in.</summary>
internal sealed record OutcomeRow(
    [property: Column("kind")] string KindName,
    [property: Column("record_key")] string Key,
    [property: Column("local_id")] Guid? LocalId,
    [property: Column("hubspot_id")] long? HubSpotId,
    [property: Column("state")] string StateName,
    [property: Column("reason")] string ReasonName,
    [property: Column("detail")] string? Detail,
    [property: Column("at")] DateTimeOffset At,
    [property: Column("name")] string? NameHere,
    [property: Column("is_waiting")] bool IsWaiting)
{
    public RecordKind Kind => Enum.Parse<RecordKind>(KindName);

    public OutcomeState State => Enum.Parse<OutcomeState>(StateName);

    public OutcomeReason Reason => Enum.Parse<OutcomeReason>(ReasonName);

    public string Name => NameHere
        ?? (HubSpotId is null ? "No name" : $"HubSpot {Kind.ToString().ToLowerInvariant()} {HubSpotId}");

    public string Mark => new OutcomeCursor(KindName, Key, IsAfter: true).ToString();

    public string WhyHref => new RecordAddress(Kind, new RecordKey(HubSpotId, HubSpotId is null ? LocalId : null)).Href;

    /// <summary>Its page here; <c>null</c>: it is not here.</summary>
    public string? Href => (LocalId, Kind) switch
    {
        (null, _) => null,
        (_, RecordKind.Contact) => $"/customers/{LocalId}",
        (_, RecordKind.Company) => $"/companies/{LocalId}",
        _ => $"/deals/{LocalId}",
    };

    public string? HubSpotHref(HubSpotConnection connection) =>
        HubSpotId is { } id ? HubSpotLinks.Record(connection, Kind, id) : null;

    public string Why(HubSpotConnection connection) => ReasonWords.Say(Reason, Detail, connection);

    /// <summary>Where it can be put right.</summary>
    public (string Label, string Href)? Fix =>
        Reason == OutcomeReason.RefusedByHubSpot && Href is not null && Kind != RecordKind.Deal
        ? ("Edit it here", $"{Href}/edit")
        : FixWords.Of(Reason) ?? (Reason is OutcomeReason.AwaitsDecision or OutcomeReason.SetApart
            ? ("Decide", WhyHref)
            : null);
}
