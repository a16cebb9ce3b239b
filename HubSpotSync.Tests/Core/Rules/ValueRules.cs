using HubSpotSync.Core.Fields;

namespace HubSpotSync.Tests.Core.Rules;

internal static class ValueRules
{
    public static void Normalize(RuleRow row)
    {
        var field = new FieldDefinition("f", "h", row.Choice<FieldType>("type"));

        row.Says("is held as", FieldValue.Normalize(field.Type, row.Value("written")));
        row.Says("arrives in a column of ours as", field.FromHubSpot(row.Value("written"), out _));
    }

    public static void Same(RuleRow row)
    {
        var type = row.Choice<FieldType>("type");

        row.Says("are the same", FieldValue.Same(
            type, FieldValue.Normalize(type, row.Value("one")), FieldValue.Normalize(type, row.Value("other"))));
    }

    /// <summary>What comes with a value table; <c>?</c>: it has no such word.</summary>
    public static void Translate(RuleRow row)
    {
        var pairs = row.List("table").Select(pair => pair.Split('='))
            .Select(pair => new ValuePair(pair[0], pair[1]));
        var field = new FieldDefinition("f", "h", row.Choice<FieldType>("type"))
        {
            Values = new ValueTable([.. pairs]),
        };

        if (row.Word("HubSpot has") is { Length: > 0 } hubSpot)
        {
            var here = field.FromHubSpot(hubSpot, out var isKnown);
            row.Says("arrives as", isKnown ? here : "?");
        }

        if (row.Word("here is") is { Length: > 0 } local)
        {
            row.Says("is sent as", field.ToHubSpot(FieldValue.Normalize(field.Type, local)) ?? "?");
        }

        Assert.True(row.Word("HubSpot has").Length > 0 == row.Word("arrives as").Length > 0, $"{row}");
        Assert.True(row.Word("here is").Length > 0 == row.Word("is sent as").Length > 0, $"{row}");
    }
}
