using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Control;

internal sealed record TypeCount(int Live, int Archived)
{
    public static TypeCount Of(ObjectStore store)
    {
        var archived = store.Records.Count(record => record.Archived);
        return new TypeCount(store.Records.Count - archived, archived);
    }
}
