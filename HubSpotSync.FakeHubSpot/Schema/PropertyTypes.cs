using HubSpotSync.FakeHubSpot.Api;

namespace HubSpotSync.FakeHubSpot.Schema;

/// <summary>The types an account may create, and the form fields each can be shown as (HubSpot's own table).</summary>
internal static class PropertyTypes
{
    public const string Calculation = "calculation_equation";

    private static readonly Dictionary<string, string[]> FieldTypes = new(StringComparer.Ordinal)
    {
        ["bool"] = ["booleancheckbox", Calculation],
        ["date"] = ["date"],
        ["datetime"] = ["date"],
        ["enumeration"] = ["booleancheckbox", "checkbox", "radio", "select", Calculation],
        ["number"] = ["number", Calculation],
        ["phone_number"] = ["phonenumber"],
        ["string"] = ["text", "textarea", "html", "file", "phonenumber", Calculation],
    };

    public static void Check(string type, string fieldType)
    {
        if (!FieldTypes.TryGetValue(type, out var allowed))
        {
            throw Refuse.Validation(
                $"Property type {type} is not valid.", "PropertyValidationError.INVALID_PROPERTY_TYPE");
        }

        if (!allowed.Contains(fieldType))
        {
            throw Refuse.Validation(
                $"The field type {fieldType} does not go with the type {type}: use {string.Join(" or ", allowed)}.",
                "PropertyValidationError.INVALID_FIELD_TYPE");
        }
    }
}
