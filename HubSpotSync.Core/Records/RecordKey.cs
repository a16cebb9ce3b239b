namespace HubSpotSync.Core.Records;

/// <summary>
/// What a record is called where both sides meet: by HubSpot's id as soon as it has one, by the local id before.
/// Stored as text, <c>h</c> or <c>l</c> and the id.
/// </summary>
public readonly record struct RecordKey(long? HubSpotId, Guid? LocalId)
{
    public override string ToString() => HubSpotId is { } id ? $"h{id}" : $"l{LocalId}";
}
