namespace HubSpotSync.Core.Fields;

/// <summary>
/// One mapped field: its name here (also its column), HubSpot's property, and how the two are kept in step.
/// </summary>
public sealed record FieldDefinition(
    string Name,
    string HubSpotProperty,
    FieldType Type,
    FieldDirection Direction = FieldDirection.Both,
    ConflictRule Rule = ConflictRule.NewestEdit,
    BlankRule Blank = BlankRule.Clears)
{
    /// <summary>
    /// Whether an admin may choose this direction: a field that only arrives can't be sent, and what records are told
    /// apart by can't be switched off.
    /// </summary>
    public bool Allows(FieldDirection direction) => direction switch
    {
        FieldDirection.In => true,
        FieldDirection.Off => Type is not (FieldType.Email or FieldType.Domain),
        _ => Direction is FieldDirection.Both or FieldDirection.Out,
    };

    /// <summary>What people call it, for pages and reasons.</summary>
    public string Label => char.ToUpperInvariant(Name[0]) + Name[1..].Replace('_', ' ');
}
