using HubSpotSync.Core.Records;

namespace HubSpotSync.HubSpotApi.Objects;

internal static class ObjectType
{
    public static string PathOf(RecordKind kind) => $"crm/objects/{ApiVersion.Objects}/{NameOf(kind)}";

    private static string NameOf(RecordKind kind) => kind switch
    {
        RecordKind.Contact => "contacts",
        RecordKind.Company => "companies",
        _ => "deals",
    };
}
