using System.Text.Json;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Schema;

namespace HubSpotSync.FakeHubSpot.Routes;

/// <summary>
/// The choices of a property as a caller wrote them. Dated versions since 2026-09 want every part of each.
/// </summary>
internal static class PropertyOptionsInput
{
    private const int MostOptions = 5_000;

    public static IReadOnlyList<PropertyOption> Read(JsonElement body, bool orderRequired)
    {
        var items = body.Items("options");
        if (items.Count > MostOptions)
        {
            throw Refuse.Validation($"A property may have at most {MostOptions} options.");
        }

        var options = items.Select((item, index) => ReadOne(item, index, orderRequired)).ToList();
        RefuseRepeated(options, "value", option => option.Value);
        RefuseRepeated(options, "label", option => option.Label.Trim().ToUpperInvariant());
        return options;
    }

    /// <summary>
    /// Checks the choices against the type: HubSpot's rules differ for flags and for outside choices.
    /// </summary>
    public static void Check(PropertyDefinition property, bool written)
    {
        var values = property.Options.Select(option => option.Value).Order(StringComparer.Ordinal);
        if (property is { Type: "bool", FieldType: "booleancheckbox" } && !values.SequenceEqual(["false", "true"]))
        {
            throw Refuse.Validation(
                "Boolean properties must have exactly two options; one with a value of true, "
                    + "the other with a value of false");
        }

        if (property.ExternalOptions && (property.Options.Count > 0 || property.ReferencedObjectType is null))
        {
            throw Refuse.Validation("Properties with externalOptions take no options and need a referencedObjectType.");
        }

        if (property is { Type: "enumeration", ExternalOptions: false, Calculated: false } && !written)
        {
            throw JsonFields.Missing("options");
        }
    }

    private static PropertyOption ReadOne(JsonElement item, int index, bool orderRequired) => new(
        item.Required("label"),
        item.Required("value"),
        orderRequired ? item.RequiredWhole("displayOrder") : item.Whole("displayOrder") ?? index,
        item.Flag("hidden") ?? (orderRequired ? throw JsonFields.Missing("hidden") : false),
        item.Text("description") ?? "");

    private static void RefuseRepeated(
        IReadOnlyList<PropertyOption> options, string what, Func<PropertyOption, string> part)
    {
        if (options.GroupBy(part, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } repeated)
        {
            throw Refuse.Validation(
                $"Property option {what}s must be unique; '{repeated.Key}' is there more than once.",
                "PropertyValidationError.DUPLICATE_OPTIONS");
        }
    }
}
