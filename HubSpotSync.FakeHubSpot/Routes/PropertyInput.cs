using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Schema;

namespace HubSpotSync.FakeHubSpot.Routes;

internal static partial class PropertyInput
{
    private static readonly string[] Types =
        ["bool", "date", "datetime", "enumeration", "number", "string", "phone_number"];

    public static PropertyDefinition Create(
        PropertySchema schema, JsonElement body, DateTimeOffset now, bool optionOrderRequired)
    {
        var name = Required(body, "name");
        if (!Name().IsMatch(name))
        {
            throw Refuse.Validation(
                $"Property name {name} is not valid: lower case letters, digits and underscores only, a letter first.");
        }

        if (schema.Find(name) is not null)
        {
            throw new RefusalException(
                409,
                new ErrorBody($"A property named '{name}' already exists.", "OBJECT_ALREADY_EXISTS")
                {
                    SubCategory = "Properties.PROPERTY_WITH_NAME_EXISTS",
                });
        }

        var unique = body.Child("hasUniqueValue") is { ValueKind: JsonValueKind.True };
        if (unique && schema.Unique.Count(property => property.Name != "email") >= PropertySchema.MostUnique)
        {
            throw Refuse.Validation($"At most {PropertySchema.MostUnique} properties may have unique values.");
        }

        return new PropertyDefinition(
            name, Required(body, "label"), Type(body), Required(body, "fieldType"), Group(schema, body))
        {
            Description = body.Text("description") ?? "",
            Options = Options(body, optionOrderRequired),
            HasUniqueValue = unique,
            Hidden = body.Child("hidden") is { ValueKind: JsonValueKind.True },
            FormField = body.Child("formField") is { ValueKind: JsonValueKind.True },
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    /// <summary>Options are replaced as a whole; a name or type can never change.</summary>
    public static PropertyDefinition Update(
        PropertySchema schema, PropertyDefinition property, JsonElement body, DateTimeOffset now)
    {
        var optionsOnly = property.Name == "lifecyclestage";
        if (property.HubSpotDefined && !optionsOnly)
        {
            throw Refuse.Validation("HubSpot's own properties cannot be changed.");
        }

        return property with
        {
            Label = body.Text("label") ?? property.Label,
            Description = body.Text("description") ?? property.Description,
            GroupName = body.Text("groupName") is null ? property.GroupName : Group(schema, body),
            Options = body.Child("options") is null ? property.Options : Options(body, orderRequired: false),
            UpdatedAt = now,
        };
    }

    public static PropertyGroup CreateGroup(PropertySchema schema, JsonElement body)
    {
        var name = Required(body, "name");
        return schema.Groups.Exists(group => group.Name == name)
            ? throw new RefusalException(
                409, new ErrorBody($"A group named '{name}' already exists.", "OBJECT_ALREADY_EXISTS"))
            : new PropertyGroup(name, Required(body, "label"), schema.Groups.Count);
    }

    private static string Type(JsonElement body)
    {
        var type = Required(body, "type");
        return Types.Contains(type) ? type : throw Refuse.Validation($"Property type {type} is not valid.");
    }

    private static string Group(PropertySchema schema, JsonElement body)
    {
        var group = Required(body, "groupName");
        return schema.Groups.Exists(candidate => candidate.Name == group)
            ? group
            : throw Refuse.Validation(
                $"The property group {group} does not exist.", "PropertyValidationError.INVALID_GROUP");
    }

    private static List<PropertyOption> Options(JsonElement body, bool orderRequired) =>
    [
        .. body.Items("options").Select((option, index) => new PropertyOption(
            Required(option, "label"), Required(option, "value"), Order(option, index, orderRequired))),
    ];

    private static int Order(JsonElement option, int index, bool required) => option.Text("displayOrder") switch
    {
        { } text => int.Parse(text, CultureInfo.InvariantCulture),
        null when required => throw Refuse.Validation("Invalid input JSON: displayOrder of an option is required."),
        null => index,
    };

    private static string Required(JsonElement body, string name) =>
        body.Text(name) is { Length: > 0 } text
            ? text
            : throw Refuse.Validation($"Invalid input JSON: {name} is missing.");

    [GeneratedRegex("^[a-z][a-z0-9_]*$")]
    private static partial Regex Name();
}
