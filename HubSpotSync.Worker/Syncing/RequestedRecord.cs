using HubSpotSync.Core.Records;

namespace HubSpotSync.Worker.Syncing;

/// <summary>A record that somebody asked to look at.</summary>
/// <param name="FromHubSpot">What it is associated with may have changed there as well.</param>
internal sealed record RequestedRecord(RecordKey Key, Guid? LocalId, bool FromHubSpot, bool IsErasure);
