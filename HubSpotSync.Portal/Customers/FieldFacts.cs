using HubSpotSync.Core.Fields;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Crm;

namespace HubSpotSync.Portal.Customers;

internal enum FieldOwner
{
    /// <summary>Only here.</summary>
    Local,

    /// <summary>Edits travel both ways.</summary>
    Both,

    /// <summary>Edited in HubSpot only.</summary>
    HubSpot,
}

/// <summary>A field of a record as a page shows it.</summary>
internal sealed record FieldFact(string Name, string Label, string? Value, FieldOwner Owner);

internal static class FieldFacts
{
    public static IReadOnlyList<FieldFact> Of(CrmRecord record, FieldMap map, HubSpotConnection? connection) =>
        [.. map.Fields.Select(field => new FieldFact(
            field.Name, LabelOf(field), record.ValueOf(field.Name), OwnerOf(field, connection)))];

    public static string LabelOf(FieldMap map, string name) =>
        map.PositionOf(name) is var at and >= 0 ? LabelOf(map.Fields[at])
        : name == Customer.CompanyField ? "Company"
        : name;

    private static string LabelOf(FieldDefinition field) => field.Name switch
    {
        StandardFields.Owner => "Owner",
        "stage_id" => "Stage",
        "pipeline_id" => "Pipeline",
        "email" => "E-mail",
        "company_name" => "Company name",
        _ => field.Label,
    };

    private static FieldOwner OwnerOf(FieldDefinition field, HubSpotConnection? connection) =>
        (connection, field.Direction) switch
        {
            (null, _) => FieldOwner.Local,
            (_, FieldDirection.In) => FieldOwner.HubSpot,
            (_, FieldDirection.Both) => FieldOwner.Both,
            _ => FieldOwner.Local,
        };
}
