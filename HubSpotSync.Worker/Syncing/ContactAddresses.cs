using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
using HubSpotSync.HubSpotApi.Objects;
using HubSpotSync.HubSpotApi.Structure;

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

    /// <summary>The id of the customer here for whom we made it.</summary>
    public static Guid? OwnIdOf(HubSpotRecord record) =>
        Guid.TryParse(record[AccountStructure.OwnIdProperty], out var id) ? id : null;

    public static HubSpotRecord WithOwnId(HubSpotRecord record, Guid id) => record with
    {
        Properties = new Dictionary<string, string?>(record.Properties)
        {
            [AccountStructure.OwnIdProperty] = id.ToString(),
        },
    };

    public static IReadOnlyList<string> SecondaryOf(HubSpotRecord record) =>
        record[SecondaryProperty] is not { Length: > 0 } addresses
            ? []
            : [
                .. addresses.Split(';').Select(address => FieldValue.Normalize(FieldType.Email, address))
                    .OfType<string>(),
            ];
}
