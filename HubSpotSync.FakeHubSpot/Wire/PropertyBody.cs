using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Schema;

namespace HubSpotSync.FakeHubSpot.Wire;

internal sealed class PropertyBody(PropertyDefinition property)
{
    public string Name => property.Name;
    public string Label => property.Label;
    public string Type => property.Type;
    public string FieldType => property.FieldType;
    public string Description => property.Description;
    public string GroupName => property.GroupName;
    public IReadOnlyList<object> Options { get; } =
    [
        .. property.Options.Select(option => new
        {
            option.Label,
            option.Value,
            option.DisplayOrder,
            option.Hidden,
            option.Description,
        }),
    ];

    public int DisplayOrder => property.DisplayOrder;
    public bool HasUniqueValue => property.HasUniqueValue && property.Name != "email";
    public bool Hidden => property.Hidden;
    public bool HubspotDefined => property.HubSpotDefined;
    public bool Calculated => property.Calculated;
    public string? CalculationFormula => property.CalculationFormula;
    public bool FormField => property.FormField;
    public bool ExternalOptions => property.ExternalOptions;
    public string? ReferencedObjectType => property.ReferencedObjectType;
    public string? CurrencyPropertyName => property.CurrencyPropertyName;
    public string? NumberDisplayHint => property.NumberDisplayHint;
    public string? TextDisplayHint => property.TextDisplayHint;
    public bool? ShowCurrencySymbol => property.ShowCurrencySymbol;
    public string CreatedAt => WireTime.Format(property.CreatedAt);
    public string UpdatedAt => WireTime.Format(property.UpdatedAt);
    public string? CreatedUserId => property.CreatedUserId;
    public string? UpdatedUserId => property.UpdatedUserId;
    public bool Archived => property.ArchivedAt is not null;
    public string? ArchivedAt => property.ArchivedAt is { } at ? WireTime.Format(at) : null;
    public string DataSensitivity { get; } = "non_sensitive";

    public object ModificationMetadata { get; } = new
    {
        Archivable = !property.HubSpotDefined,
        ReadOnlyDefinition = property.HubSpotDefined,
        property.ReadOnlyOptions,
        ReadOnlyValue = property.ReadOnlyValue || property.Calculated,
    };
}
