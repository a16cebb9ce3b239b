using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Pages;

internal static class RecordName
{
    /// <summary>What a person calls the record; its id where it has no name.</summary>
    public static string Of(CrmRecord record)
    {
        var name = record.Type switch
        {
            ObjectType.Contact => $"{record.Value("firstname")} {record.Value("lastname")}".Trim(),
            ObjectType.Company => record.Value("name"),
            _ => record.Value("dealname"),
        };
        return string.IsNullOrEmpty(name) ? $"{record.Type} {record.Id}" : name;
    }
}
