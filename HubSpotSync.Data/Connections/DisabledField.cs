using HubSpotSync.Core.Records;

namespace HubSpotSync.Data.Connections;

/// <summary>A mapping that stands still because HubSpot's side of it is gone or has changed.</summary>
public sealed record DisabledField(RecordKind Kind, string Field, DisabledReason Reason, DateTimeOffset Since);

public enum DisabledReason
{
    /// <summary>HubSpot does not have the property any more.</summary>
    PropertyGone,

    /// <summary>The property has another type than before.</summary>
    TypeChanged,
}
