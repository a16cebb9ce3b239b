using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;

namespace HubSpotSync.Tests.Core.Rules;

internal static class PolicyRules
{
    /// <summary>A field of ours, or one that an admin added.</summary>
    public static void Direction(RuleRow row)
    {
        var (kind, name) = (row.Choice<RecordKind>("kind"), row.Word("field"));
        var added = row.Word("added as").Length == 0 ? (FieldDirection?)null : row.Choice<FieldDirection>("added as");
        var wanted = row.Word("chosen").Length == 0 ? (FieldDirection?)null : row.Choice<FieldDirection>("chosen");
        var policy = new SyncPolicy(row.Choice<SyncMode>("mode"), [])
        {
            CustomFields = added is { } direction
                ? [new CustomField(kind, new FieldDefinition(name, name, FieldType.Text, direction))]
                : [],
            ContactRules = new Dictionary<string, FieldRule> { [name] = new FieldRule(wanted, null, null) },
            DisabledFields = row.Yes("off for now") ? [(kind, name)] : [],
        };

        var field = policy.MapOf(kind).Fields.Single(field => field.Name == name);

        row.Says("direction", $"{field.Direction}");
        row.Says("rule", field.Direction == FieldDirection.Both ? $"{field.Rule}" : "");
    }
}
