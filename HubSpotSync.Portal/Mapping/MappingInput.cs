using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;

namespace HubSpotSync.Portal.Mapping;

/// <summary>The mapping as a form sends it.</summary>
internal sealed class MappingInput
{
    public List<FieldInput> Fields { get; set; } = [];

    /// <summary>The custom field that tells contacts apart after every address.</summary>
    public string? MatchField { get; set; }

    /// <summary>A property to add a field for, such as <c>Contact.favourite_colour</c>.</summary>
    public string? Add { get; set; }
    public FieldType? AddType { get; set; }

    /// <summary>The mapping that the page was drawn with.</summary>
    public string? Seen { get; set; }
}

internal sealed class FieldInput
{
    public RecordKind Kind { get; set; }
    public string Name { get; set; } = "";
    public bool Remove { get; set; }
    public FieldDirection Direction { get; set; }
    public ConflictRule Conflict { get; set; }
    public BlankRule Blank { get; set; }

    /// <summary>Only of fields that are not saved yet.</summary>
    public string? Property { get; set; }
    public FieldType Type { get; set; }
    public string? Label { get; set; }
    public List<ValueInput> Values { get; set; } = [];

    public bool IsNew => !string.IsNullOrEmpty(Property);

    public ValueTable? Table =>
        Values.Where(value => !string.IsNullOrWhiteSpace(value.Local))
            .Select(value => new ValuePair(value.HubSpot ?? "", value.Local!.Trim())) // just filtered
            .ToList() is { Count: > 0 } pairs
                ? new ValueTable([.. pairs])
                : null;
}

internal sealed class ValueInput
{
    public string? HubSpot { get; set; }

    /// <summary>What HubSpot's option is called here; blank where it is not mapped.</summary>
    public string? Local { get; set; }
}
