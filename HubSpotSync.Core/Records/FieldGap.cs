namespace HubSpotSync.Core.Records;

/// <summary>A field that a merge has to leave alone, and why.</summary>
/// <param name="Value">For what a value table lacks: the value in the side's own words.</param>
public readonly record struct FieldGap(int Field, GapKind Kind, string? Value = null);

public enum GapKind
{
    /// <summary>HubSpot did not send it: the property may have been deleted there.</summary>
    Unread,

    /// <summary>The value table does not have this value.</summary>
    Unmapped,

    /// <summary>A person decided that the two sides differ in it.</summary>
    Withheld,
}
