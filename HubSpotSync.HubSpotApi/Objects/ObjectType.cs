using HubSpotSync.Core.Records;

namespace HubSpotSync.HubSpotApi.Objects;

internal static class ObjectType
{
    public static string PathOf(RecordKind kind) => $"crm/objects/{ApiVersion.Objects}/{NameOf(kind)}";

    /// <summary>Contacts have their own name for it.</summary>
    public static string ModifiedPropertyOf(RecordKind kind) =>
        kind == RecordKind.Contact ? "lastmodifieddate" : "hs_lastmodifieddate";

    public static string NameOf(RecordKind kind) => kind switch
    {
        RecordKind.Contact => "contacts",
        RecordKind.Company => "companies",
        _ => "deals",
    };
}
