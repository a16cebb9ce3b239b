using HubSpotSync.Core.Records;

namespace HubSpotSync.Data.Bulk;

/// <summary>A request as it was claimed.</summary>
public sealed record RequestVersion(RecordKey Key, long Version);
