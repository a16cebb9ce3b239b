using HubSpotSync.Core.Records;

namespace HubSpotSync.HubSpotApi.Objects;

/// <summary>What to read of which kind of record.</summary>
/// <param name="Associations">Plural type names; HubSpot gives them with lists, not with batches.</param>
public sealed record ObjectQuery(RecordKind Kind, IReadOnlyList<string> Properties, IReadOnlyList<string> Associations);
