using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
using HubSpotSync.HubSpotApi.Objects;

namespace HubSpotSync.Worker.Syncing;

/// <summary>What a HubSpot record may be found by: its e-mail addresses or its domain, normalised.</summary>
internal static class ContactAddresses
{
    public const string SecondaryProperty = "hs_additional_emails";

    public static string? PrimaryOf(RecordKind kind, HubSpotRecord record) => kind switch
    {
        RecordKind.Contact => FieldValue.Normalize(FieldType.Email, record["email"]),
        RecordKind.Company => FieldValue.Normalize(FieldType.Domain, record["domain"]),
        _ => null,
    };

    public static IEnumerable<string> SecondaryOf(HubSpotRecord record) =>
        (record[SecondaryProperty] ?? "").Split(';')
            .Select(address => FieldValue.Normalize(FieldType.Email, address))
            .OfType<string>();
}
