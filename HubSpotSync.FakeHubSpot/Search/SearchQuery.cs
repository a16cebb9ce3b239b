using System.Globalization;
using System.Text.Json;
using HubSpotSync.FakeHubSpot.Api;

namespace HubSpotSync.FakeHubSpot.Search;

internal sealed record SearchQuery(IReadOnlyList<IReadOnlyList<SearchFilter>> Groups, IReadOnlyList<string> Properties)
{
    private const int MostGroups = 5;
    private const int MostFilters = 6;
    private const int MostFiltersInAll = 18;
    private const int MostOnAPage = 200;
    private const int MostResults = 10_000;
    private const int LongestBody = 3_000;

    public string? Words { get; private init; }
    public string? SortBy { get; private init; }
    public bool Descending { get; private init; }
    public int Limit { get; private init; } = 10;
    public int Offset { get; private init; }

    public static SearchQuery Read(JsonBody body)
    {
        if (body.Length > LongestBody)
        {
            throw Refuse.Validation($"The request body is longer than {LongestBody} characters.");
        }

        var root = body.Root;
        var groups = root.Items("filterGroups")
            .Select(group => (IReadOnlyList<SearchFilter>)[.. group.Items("filters").Select(ReadFilter)])
            .ToList();
        if (groups.Count > MostGroups
            || groups.Any(group => group.Count > MostFilters)
            || groups.Sum(group => group.Count) > MostFiltersInAll)
        {
            throw Refuse.Validation(
                $"Too many filters: at most {MostGroups} groups of {MostFilters}, {MostFiltersInAll} in all.");
        }

        return ReadSort(root, new SearchQuery(groups, root.Texts("properties"))
        {
            Words = root.Text("query"),
            Limit = Number(root.Text("limit"), 10, 1, MostOnAPage, "limit"),
            Offset = Number(root.Text("after"), 0, 0, int.MaxValue, "after"),
        }).RequireWithinCap();
    }

    private static SearchFilter ReadFilter(JsonElement filter) => new(
        filter.Text("propertyName") ?? throw Refuse.Validation("Invalid input JSON: propertyName is missing."),
        filter.Text("operator") ?? throw Refuse.Validation("Invalid input JSON: operator is missing."),
        filter.Text("value"),
        filter.Text("highValue"),
        filter.Texts("values"));

    private static SearchQuery ReadSort(JsonElement root, SearchQuery query)
    {
        var sorts = root.Items("sorts");
        if (sorts.Count > 1)
        {
            throw Refuse.Validation("Only one sort is supported.");
        }

        if (sorts.Count == 0)
        {
            return query;
        }

        var sort = sorts[0];
        return sort.ValueKind == JsonValueKind.String
            ? query with { SortBy = sort.GetString() }
            : query with { SortBy = sort.Text("propertyName"), Descending = sort.Text("direction") == "DESCENDING" };
    }

    private SearchQuery RequireWithinCap() => Offset + Limit <= MostResults
        ? this
        : throw Refuse.Validation($"Search reaches only the first {MostResults} results; narrow the filters.");

    private static int Number(string? text, int unasked, int least, int most, string name)
    {
        if (text is null)
        {
            return unasked;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most
            ? number
            : throw Refuse.Validation($"Invalid {name}: {text}. It must be from {least} to {most}.");
    }
}
