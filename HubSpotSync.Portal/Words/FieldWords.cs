using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Structure;

namespace HubSpotSync.Portal.Words;

/// <summary>Fields and how they are kept in step, in words.</summary>
internal static class FieldWords
{
    public static string Type(FieldType? type) => type switch
    {
        FieldType.Text => "Text",
        FieldType.Email => "E-mail",
        FieldType.Domain => "Domain",
        FieldType.Phone => "Phone",
        FieldType.Number => "Number",
        FieldType.DateTime => "Time",
        FieldType.Date => "Date",
        FieldType.Enumeration => "One of a list",
        FieldType.MultipleChoice => "Several of a list",
        FieldType.Boolean => "Yes or no",
        _ => "Not supported",
    };

    public static string Direction(FieldDirection direction) => direction switch
    {
        FieldDirection.Both => "Both ways",
        FieldDirection.In => "From HubSpot",
        FieldDirection.Out => "To HubSpot",
        _ => "Off",
    };

    public static string Conflict(ConflictRule rule) => rule switch
    {
        ConflictRule.NewestEdit => "Newest edit wins",
        ConflictRule.HubSpot => "HubSpot always",
        ConflictRule.Local => "This CRM always",
        ConflictRule.HubSpotUnlessBlank => "HubSpot unless blank",
        ConflictRule.LocalUnlessBlank => "This CRM unless blank",
        ConflictRule.FillOnlyIfEmpty => "Only fill blanks",
        _ => "Ask a person",
    };

    public static string Blank(BlankRule rule) =>
        rule == BlankRule.Clears ? "A blank clears" : "A blank never clears";

    public static string Kind(RecordKind kind) => kind switch
    {
        RecordKind.Contact => "Contacts",
        RecordKind.Company => "Companies",
        _ => "Deals",
    };

    public static string Misfit(FieldType here, KnownProperty property) => property.Type is null
        ? $"“{property.Label}” is of HubSpot's type {property.HubSpotType}, and nothing here holds such values."
        : $"“{property.Label}” is {Type(property.Type)} in HubSpot, and you chose {Type(here)} here. A value "
            + $"of one may be none on the other side. Choose {Type(property.Type)}.";

    public static string OnlyArrives(KnownProperty? property, RecordKind kind) => kind != RecordKind.Contact
        ? $"{Kind(kind)} only arrive from HubSpot, so their fields do too."
        : property?.IsCalculated == true
            ? $"HubSpot calculates “{property.Label}”, so it can only arrive. Choose From HubSpot or Off."
            : $"HubSpot lets nobody write “{property?.Label}”, so it can only arrive. Choose From HubSpot or Off.";

    public static string NotAllowed(FieldDefinition field, FieldDirection direction, SyncMode mode) => direction switch
    {
        FieldDirection.Off => $"Records are told apart by {field.Label}, so it can't be switched off.",
        _ when mode == SyncMode.HubSpotIsSource =>
            "HubSpot is the source of truth, so nothing is written there. Change the mode first, on the page Rules.",
        _ => $"{field.Label} belongs to HubSpot and can only arrive. Choose From HubSpot or Off.",
    };

    public static string Disabled(DisabledReason reason) => reason == DisabledReason.PropertyGone
        ? "Stands still: HubSpot does not have this property any more. It goes on by itself when the property is back."
        : "Stands still: the property has another type in HubSpot now. Remove the field and add it again.";
}
