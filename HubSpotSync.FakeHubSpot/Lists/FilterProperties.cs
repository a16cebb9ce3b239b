using System.Text.Json;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Lists;

/// <summary>The properties a filter looks at, of whichever type of record.</summary>
internal static class FilterProperties
{
    public static IEnumerable<(ObjectType Type, string Name)> Of(ObjectType type, JsonElement branch)
    {
        var looked = ObjectTypes.TryParse(branch.Text("objectTypeId"), out var other) ? other : type;
        return branch.Items("filters").Select(filter => filter.Text("property")).OfType<string>()
            .Select(name => (looked, name))
            .Concat(branch.Items("filterBranches").SelectMany(child => Of(looked, child)));
    }

    /// <summary>The lists a filter asks about.</summary>
    public static IEnumerable<string> ListsIn(JsonElement branch) => branch.Items("filters")
        .Where(filter => filter.Text("filterType") == "IN_LIST")
        .Select(filter => filter.Text("listId")).OfType<string>()
        .Concat(branch.Items("filterBranches").SelectMany(ListsIn));
}
