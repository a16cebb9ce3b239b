using HubSpotSync.Core.Fields;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Structure;
using HubSpotSync.Portal.Pages.Settings.Integrations.HubSpot;
using HubSpotSync.Portal.Words;

namespace HubSpotSync.Portal.Mapping;

/// <summary>A line of the mapping as the page draws it.</summary>
internal sealed class MappingRow(MappingModel page, int at, FieldInput line)
{
    public int At => at;

    public FieldInput Line => line;

    public string Prefix => $"Input.Fields[{at}]";

    public FieldDefinition? Field { get; } = page.Form.Find(line);

    public string Label => Field is null ? line.Name
        : Field.IsCustom ? Field.Label
        : Customers.FieldFacts.LabelOf(page.Connection.Policy.MapOf(line.Kind), line.Name);

    public KnownProperty? Property => Field is null ? null : page.Form.Property(line.Kind, Field.HubSpotProperty);

    public Sample? Sample => line.Kind == Core.Records.RecordKind.Contact ? page.Sample : null;

    public DisabledReason? Disabled => page.Connection.DisabledFields
        .Find(one => one.Kind == line.Kind && one.Field == line.Name)?.Reason;

    /// <summary>Only lists have options, and only fields that were added keep a table of names.</summary>
    public bool HasValues => Field is { IsCustom: true, Type: FieldType.Enumeration or FieldType.MultipleChoice }
        && Property is { Options.Count: > 0 };

    /// <summary>HubSpot's options, each with what it is called here; and rows whose option is gone.</summary>
    public IReadOnlyList<(string HubSpot, string Label, string? Local)> Values =>
    [
        .. (Property?.Options ?? []).Select(option => (option.Value, option.Label, LocalOf(option.Value))),
        .. line.Values.Where(value => Property?.Options.Exists(option => option.Value == value.HubSpot) == false)
            .Select(value => (value.HubSpot ?? "", $"{value.HubSpot} (not in HubSpot any more)", value.Local)),
    ];

    public int UnmappedOptions => line.Table is null ? 0 : Values.Count(value => string.IsNullOrEmpty(value.Local));

    public int UnmappedCustomers => page.Unmapped.GetValueOrDefault(line.Name);

    /// <summary>Directions that may be chosen, each with the reason where it may not.</summary>
    public IReadOnlyList<(FieldDirection Direction, bool IsAllowed)> Directions =>
        [.. Enum.GetValues<FieldDirection>().Select(one => (one, one == line.Direction || IsAllowed(one)))];

    public string? OnlyArrives => Property?.CanOnlyArrive == true && line.Kind == Core.Records.RecordKind.Contact
        ? (Property.IsCalculated ? "Calculated by HubSpot" : "Read-only in HubSpot") + ": it can only arrive"
        : null;

    public string? Problem(string part) =>
        page.ModelState[$"{Prefix}.{part}"]?.Errors.FirstOrDefault()?.ErrorMessage;

    private bool IsAllowed(FieldDirection direction)
    {
        var travels = direction is FieldDirection.Both or FieldDirection.Out;
        return Field is not null
            && !(travels && (Property?.CanOnlyArrive == true || line.Kind != Core.Records.RecordKind.Contact))
            && (Field.IsCustom
                ? !travels || page.Connection.Policy.WritesToHubSpot
                : page.Form.PlainOf(line.Name)?.Allows(direction) != false);
    }

    private string? LocalOf(string option) => line.Values.Find(value => value.HubSpot == option)?.Local;
}
