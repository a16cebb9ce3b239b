namespace HubSpotSync.Core.Merging;

/// <summary>A value to write: the field's position in the map, what is there now, what shall be there.</summary>
public readonly record struct FieldChange(int Field, string? Before, string? After);
