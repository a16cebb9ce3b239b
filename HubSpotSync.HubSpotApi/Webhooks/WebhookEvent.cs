using HubSpotSync.Core.Records;

namespace HubSpotSync.HubSpotApi.Webhooks;

/// <summary>
/// What HubSpot says has happened, as far as it is of use: which record to look at. The values it brings are not
/// trusted: events come late, twice and in any order.
/// </summary>
/// <param name="Key">The same for every delivery of the same event.</param>
/// <param name="IsOwn">Our own app did it.</param>
public sealed record WebhookEvent(
    long PortalId,
    RecordKind Kind,
    long ObjectId,
    WebhookHappening Happening,
    DateTimeOffset OccurredAt,
    bool IsOwn,
    string Key);

public enum WebhookHappening
{
    /// <summary>A record was made, or one of its properties changed: its modified date tells the same.</summary>
    Modified,

    /// <summary>It was archived, restored or merged, or linked with another one.</summary>
    Moved,

    /// <summary>A person is to be forgotten.</summary>
    Erased,
}
