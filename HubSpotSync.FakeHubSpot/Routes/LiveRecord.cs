using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Routes;

internal static class LiveRecord
{
    public static CrmRecord Require(FakeAccount account, ObjectType type, string id) =>
        RecordLookup.Find(account, type, null, id, followMerges: true) is { Archived: false } record
            ? record
            : throw Refuse.ObjectNotFound(id);
}
