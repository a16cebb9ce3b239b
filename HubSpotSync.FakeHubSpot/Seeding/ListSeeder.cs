using System.Text.Json;
using HubSpotSync.FakeHubSpot.Lists;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Seeding;

/// <summary>
/// A list somebody keeps by hand and two that follow filters. Uses no chance: other seeds stay as they are.
/// </summary>
internal static class ListSeeder
{
    private const int EveryTenth = 10;

    public static void Seed(FakeAccount account)
    {
        var letter = Add(account, "Newsletter readers", ObjectType.Contact, CrmList.Manual, null);
        var readers = account.Store(ObjectType.Contact).Records
            .Where((record, index) => index % EveryTenth == 0 && !record.Archived);
        foreach (var record in readers)
        {
            account.Lists.Members(letter.Id)[record.Id] = new ListMember(record.Id, SeedTime.Last, SeedTime.Last);
        }

        Add(account, "Customers", ObjectType.Contact, CrmList.Dynamic, AnyOf("lifecyclestage", "customer"));
        Add(account, "Shops to visit", ObjectType.Company, CrmList.Dynamic, AnyOf("industry", "RETAIL"));
    }

    private static CrmList Add(FakeAccount account, string name, ObjectType type, string kind, JsonElement? branch)
    {
        var list = new CrmList(account.Lists.NextId(), name, type, kind, SeedTime.Last) { FilterBranch = branch };
        account.Lists.Put(list);
        return list;
    }

    private static JsonElement AnyOf(string property, string value) => JsonSerializer.SerializeToElement(new
    {
        filterBranchType = "OR",
        filterBranchOperator = "OR",
        filters = Array.Empty<object>(),
        filterBranches = new[]
        {
            new
            {
                filterBranchType = "AND",
                filterBranchOperator = "AND",
                filterBranches = Array.Empty<object>(),
                filters = new[]
                {
                    new
                    {
                        filterType = "PROPERTY",
                        property,
                        operation = new
                        {
                            operationType = "ENUMERATION",
                            @operator = "IS_ANY_OF",
                            includeObjectsWithNoValueSet = false,
                            values = new[] { value },
                        },
                    },
                },
            },
        },
    });
}
