using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Control;

internal sealed record AccountSummary(
    int PortalId,
    string Name,
    int Installations,
    IReadOnlyDictionary<string, TypeCount> Objects,
    IReadOnlyDictionary<string, int> ContactsByLifecycleStage,
    int Associations,
    int Owners)
{
    public static AccountSummary Of(FakeAccount account, int installations)
    {
        lock (account.Gate)
        {
            var stages = account.Store(ObjectType.Contact).Records
                .Where(record => !record.Archived)
                .GroupBy(record => record.Value("lifecyclestage") ?? "")
                .ToDictionary(group => group.Key, group => group.Count());
            return new AccountSummary(
                account.PortalId, account.Name, installations,
                ObjectTypes.All.ToDictionary(type => type.Plural(), type => TypeCount.Of(account.Store(type))),
                stages, account.Associations.Count, account.Owners.Count);
        }
    }
}
