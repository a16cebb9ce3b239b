namespace HubSpotSync.FakeHubSpot.Schema;

public sealed record PropertyDefinition(string Name, string Label, string Type, string FieldType, string GroupName)
{
    public string Description { get; init; } = "";
    public IReadOnlyList<PropertyOption> Options { get; init; } = [];
    public bool HasUniqueValue { get; init; }
    public bool HubSpotDefined { get; init; }
    public bool ReadOnlyValue { get; init; }
    public bool Calculated { get; init; }
    public bool Hidden { get; init; }
    public bool FormField { get; init; }
    public bool ExternalOptions { get; init; }
    public string? ReferencedObjectType { get; init; }
    public string? CalculationFormula { get; init; }
    public string? CurrencyPropertyName { get; init; }
    public string? NumberDisplayHint { get; init; }
    public string? TextDisplayHint { get; init; }
    public bool? ShowCurrencySymbol { get; init; }
    public string? CreatedUserId { get; init; }
    public string? UpdatedUserId { get; init; }
    public int DisplayOrder { get; init; } = -1;
    public DateTimeOffset CreatedAt { get; init; } = new(2023, 1, 9, 8, 0, 0, TimeSpan.Zero);
    public DateTimeOffset UpdatedAt { get; init; } = new(2023, 1, 9, 8, 0, 0, TimeSpan.Zero);
    public DateTimeOffset? ArchivedAt { get; init; }

    public bool IsMultiple => Type == "enumeration" && FieldType == "checkbox";

    /// <summary>HubSpot lets accounts fit the choices of some of its own properties to themselves.</summary>
    public bool ReadOnlyOptions =>
        HubSpotDefined && Name is not ("lifecyclestage" or "hs_lead_status" or "dealtype" or "type" or "industry");

    /// <summary>Values by which one record can be named: set by HubSpot or promised by the property.</summary>
    public bool NamesOneRecord => HasUniqueValue || Name is "hs_object_id";
}
