using System.Collections.Immutable;
using HubSpotSync.Core.Records;

namespace HubSpotSync.Data.Bulk;

/// <summary>A local record as it was read for a page.</summary>
/// <param name="HubSpotId">What it is linked to on this connection, or <c>null</c>.</param>
/// <param name="Ancestor">Last agreed values in the map's order; <c>default</c> without a link.</param>
/// <param name="Version">The row version that a write must still find.</param>
public sealed record LocalRow(
    Guid Id, long? HubSpotId, ImmutableArray<string?> Ancestor, bool IsArchived, long Version, RecordSnapshot Snapshot);
