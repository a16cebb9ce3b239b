namespace HubSpotSync.Core.Fields;

/// <summary>
/// One mapped field: its name here (also its column), HubSpot's property, and how the two are kept in step.
/// </summary>
public sealed record FieldDefinition(
    string Name,
    string HubSpotProperty,
    FieldType Type,
    FieldDirection Direction = FieldDirection.Both,
    ConflictRule Rule = ConflictRule.NewestEdit)
{
    /// <summary>What people call it, for pages and reasons.</summary>
    public string Label => char.ToUpperInvariant(Name[0]) + Name[1..].Replace('_', ' ');
}
