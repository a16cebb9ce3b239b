using HubSpotSync.Core.Records;

namespace HubSpotSync.Data.Webhooks;

/// <summary>Something that HubSpot told us of a record.</summary>
/// <param name="ReceiptKey">The same whenever it tells the same again.</param>
/// <param name="ByModifiedDate">
/// The record's modified date says it too, so it is old news once that state was seen.
/// </param>
/// <param name="IsOwn">We did it ourselves.</param>
public sealed record ToldOf(
    RecordKind Kind,
    long HubSpotId,
    string ReceiptKey,
    DateTimeOffset OccurredAt,
    bool ByModifiedDate,
    bool IsOwn,
    bool IsErasure);
