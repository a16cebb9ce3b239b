namespace HubSpotSync.FakeHubSpot.Schema;

/// <summary>Short words for writing tables of definitions.</summary>
internal static class Define
{
    public static PropertyDefinition Text(string name, string label, string group) =>
        new(name, label, "string", "text", group) { HubSpotDefined = true, FormField = true };

    public static PropertyDefinition LongText(string name, string label, string group) =>
        new(name, label, "string", "textarea", group) { HubSpotDefined = true, FormField = true };

    public static PropertyDefinition Phone(string name, string label, string group) =>
        new(name, label, "string", "phonenumber", group) { HubSpotDefined = true, FormField = true };

    public static PropertyDefinition Number(string name, string label, string group) =>
        new(name, label, "number", "number", group) { HubSpotDefined = true };

    public static PropertyDefinition Moment(string name, string label, string group) =>
        new(name, label, "datetime", "date", group) { HubSpotDefined = true };

    public static PropertyDefinition Flag(string name, string label, string group) =>
        new(name, label, "bool", "booleancheckbox", group)
        {
            HubSpotDefined = true,
            Options = [new("Yes", "true", 0), new("No", "false", 1)],
        };

    public static PropertyDefinition Choice(
        string name, string label, string group, params IReadOnlyList<(string Value, string Label)> options) =>
        new(name, label, "enumeration", "select", group)
        {
            HubSpotDefined = true,
            Options = [.. options.Select((option, index) => new PropertyOption(option.Label, option.Value, index))],
        };

    public static PropertyDefinition Owner(string group) =>
        new("hubspot_owner_id", "Owner", "enumeration", "select", group)
        {
            HubSpotDefined = true,
            ExternalOptions = true,
            ReferencedObjectType = "OWNER",
        };

    public static PropertyDefinition ReadOnly(PropertyDefinition definition, bool calculated = false) =>
        definition with { ReadOnlyValue = true, Calculated = calculated, FormField = false };

    public static IEnumerable<PropertyDefinition> SetByHubSpot(string group, string modified) =>
    [
        ReadOnly(Number("hs_object_id", "Record ID", group)),
        ReadOnly(Moment("createdate", "Create date", group)),
        ReadOnly(Moment(modified, "Last modified date", group)),
        ReadOnly(Text("hs_merged_object_ids", "Merged record IDs", group)),
    ];
}
