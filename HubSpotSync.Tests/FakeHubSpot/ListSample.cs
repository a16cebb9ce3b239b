using HubSpotSync.Tests.Infrastructure;

namespace HubSpotSync.Tests.FakeHubSpot;

/// <summary>Lists a test makes for itself.</summary>
internal static class ListSample
{
    public const string Lists = "/crm/lists/2026-09";

    public static async Task<string> MakeAsync(
        HubSpotCaller caller, string name, string processingType, object? filterBranch = null)
    {
        var answer = await caller.PostAsync(Lists, Body(name, processingType, filterBranch));
        Assert.Equal(200, answer.Status);
        return answer.At("list.listId")!; // asserted by the status
    }

    public static object Body(string name, string processingType, object? filterBranch)
    {
        var body = new Dictionary<string, object>
        {
            ["name"] = name,
            ["processingType"] = processingType,
            ["objectTypeId"] = "0-1",
        };
        if (filterBranch is not null)
        {
            body["filterBranch"] = filterBranch;
        }

        return body;
    }

    public static async Task<IReadOnlyList<string?>> MembersAsync(HubSpotCaller caller, string list) =>
        Ids(await caller.GetAsync($"{Lists}/{list}/memberships"));

    public static IReadOnlyList<string?> Ids(HubSpotAnswer answer) =>
        [.. answer.Results.Select(member => member.GetProperty("recordId").GetString())];

    /// <summary>One AND of the filters under the OR HubSpot wants on top.</summary>
    public static object Branch(
        params IReadOnlyList<(string Property, string Type, string Operator, object Value)> filters) =>
        Branch(filters.Select(filter => Filter(filter.Property, new Dictionary<string, object>
        {
            ["operationType"] = filter.Type,
            ["operator"] = filter.Operator,
            [filter.Value is string[] ? "values" : "value"] = filter.Value,
        })));

    public static object Branch(IEnumerable<object> filters) => new
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
                filters = filters.ToArray(),
                filterBranches = Array.Empty<object>(),
            },
        },
    };

    public static object Filter(string property, object operation) =>
        new { filterType = "PROPERTY", property, operation };
}
