using HubSpotSync.Core.Records;

namespace HubSpotSync.Worker.Syncing;

/// <summary>A record that somebody asked to look at.</summary>
/// <param name="FromHubSpot">HubSpot told of it: what it is associated with may have changed as well.</param>
internal sealed record RequestedRecord(RecordKey Key, Guid? LocalId, bool FromHubSpot, bool IsErasure);
