using HubSpotSync.Core.Fields;

namespace HubSpotSync.HubSpotApi.Structure;

/// <summary>Which type of field here holds the values of a property there.</summary>
public static class PropertyTypes
{
    private const string SeveralOptions = "checkbox";

    /// <returns><c>null</c> for properties that can't be mapped, such as coordinates.</returns>
    public static FieldType? Of(HubSpotProperty property)
    {
        ArgumentNullException.ThrowIfNull(property);
        return property.Type switch
        {
            "string" => FieldType.Text,
            "phone_number" => FieldType.Phone,
            "number" => FieldType.Number,
            "bool" => FieldType.Boolean,
            "date" => FieldType.Date,
            "datetime" => FieldType.DateTime,
            "enumeration" => property.FieldType == SeveralOptions ? FieldType.MultipleChoice : FieldType.Enumeration,
            _ => null,
        };
    }
}
