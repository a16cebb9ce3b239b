using System.Text.Json;
using System.Text.RegularExpressions;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Schema;

namespace HubSpotSync.FakeHubSpot.Routes;

/// <summary>A property as a caller wrote it. Who calls is noted as the person who installed the app.</summary>
internal sealed partial class PropertyInput(
    PropertySchema schema, DateTimeOffset now, string userId, bool orderRequired)
{
    private const int LongestName = 100;
    private static readonly string[] NumberHints =
        ["currency", "duration", "formatted", "percentage", "probability", "unformatted"];
    private static readonly string[] TextHints =
    [
        "domain_name", "email", "ip_address", "multi_line", "phone_number", "physical_address", "postal_code",
        "unformatted_single_line",
    ];

    public PropertyDefinition Create(JsonElement body)
    {
        var name = body.Required("name");
        RefuseName(name);
        var (type, fieldType) = (body.Required("type"), body.Required("fieldType"));
        var formula = body.Text("calculationFormula");
        PropertyTypes.Check(type, formula is null ? fieldType : PropertyTypes.Calculation);
        var blank = new PropertyDefinition(name, body.Required("label"), type, fieldType, Group(body))
        {
            HasUniqueValue = body.Flag("hasUniqueValue") ?? false,
            ExternalOptions = body.Flag("externalOptions") ?? false,
            ReferencedObjectType = body.OneOf("referencedObjectType", ["OWNER"]),
            CreatedAt = schema.FindEvenArchived(name)?.CreatedAt ?? now,
            CreatedUserId = userId,
        };
        RefuseTooManyUnique(blank);
        var property = Written(blank, body);
        PropertyOptionsInput.Check(property, body.Child("options") is not null);
        return property;
    }

    /// <summary>Options are replaced as a whole; a name, and whether values are unique, can never change.</summary>
    public PropertyDefinition Update(PropertyDefinition property, JsonElement body)
    {
        var changed = Written(property, body);
        PropertyTypes.Check(changed.Type, changed.FieldType);
        if (property.HubSpotDefined && !Same(property, changed with { Options = property.Options }))
        {
            throw Refuse.Validation(
                "HubSpot's own properties cannot be changed.", "PropertyValidationError.READ_ONLY_DEFINITION");
        }

        if (property.ReadOnlyOptions && !property.Options.SequenceEqual(changed.Options))
        {
            throw Refuse.Validation(
                "The options of this property cannot be changed.", "PropertyValidationError.READ_ONLY_OPTIONS");
        }

        PropertyOptionsInput.Check(changed, written: true);
        return changed;
    }

    private PropertyDefinition Written(PropertyDefinition property, JsonElement body)
    {
        var formula = body.Text("calculationFormula") ?? property.CalculationFormula;
        return property with
        {
            Label = body.Child("label") is null ? property.Label : body.Required("label"),
            Type = body.Text("type") ?? property.Type,
            FieldType = formula is null ? body.Text("fieldType") ?? property.FieldType : PropertyTypes.Calculation,
            Description = body.Text("description") ?? property.Description,
            GroupName = body.Child("groupName") is null ? property.GroupName : Group(body),
            Options = body.Child("options") is null ? property.Options : PropertyOptionsInput.Read(body, orderRequired),
            DisplayOrder = body.Whole("displayOrder") ?? property.DisplayOrder,
            Hidden = body.Flag("hidden") ?? property.Hidden,
            FormField = body.Flag("formField") ?? property.FormField,
            CalculationFormula = formula is null ? null : Spaces().Replace(formula.Trim(), " "),
            Calculated = property.Calculated || formula is not null,
            NumberDisplayHint = body.OneOf("numberDisplayHint", NumberHints) ?? property.NumberDisplayHint,
            TextDisplayHint = body.OneOf("textDisplayHint", TextHints) ?? property.TextDisplayHint,
            CurrencyPropertyName = body.Text("currencyPropertyName") ?? property.CurrencyPropertyName,
            ShowCurrencySymbol = body.Flag("showCurrencySymbol") ?? property.ShowCurrencySymbol,
            UpdatedAt = now,
            UpdatedUserId = userId,
        };
    }

    /// <summary>A field sent with the value it has already changes nothing, so it passes.</summary>
    private static bool Same(PropertyDefinition before, PropertyDefinition after) =>
        before == after with { UpdatedAt = before.UpdatedAt, UpdatedUserId = before.UpdatedUserId };

    private void RefuseName(string name)
    {
        if (!Name().IsMatch(name) || name.Length > LongestName)
        {
            throw Refuse.Validation(
                $"Property name {name} is not valid: lower case letters, digits and underscores only, a letter first.",
                "PropertyValidationError.INVALID_PROPERTY_NAME");
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
    }

    private void RefuseTooManyUnique(PropertyDefinition property)
    {
        if (property.HasUniqueValue
            && schema.Unique.Count(other => other.Name != "email") >= PropertySchema.MostUnique)
        {
            throw Refuse.Validation($"At most {PropertySchema.MostUnique} properties may have unique values.");
        }
    }

    private string Group(JsonElement body)
    {
        var group = body.Required("groupName");
        return schema.Groups.Exists(candidate => candidate.Name == group)
            ? group
            : throw Refuse.Validation(
                $"The property group {group} does not exist.", "PropertyValidationError.INVALID_GROUP");
    }

    [GeneratedRegex("^[a-z][a-z0-9_]*$")]
    private static partial Regex Name();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
