using Microsoft.AspNetCore.WebUtilities;

namespace HubSpotSync.Portal.Review;

/// <summary>Which candidates the address asks for.</summary>
/// <param name="Show">One of <see cref="Shown"/>.</param>
internal sealed record ReviewQuery(string Show, string? Search, int Page)
{
    public const string Path = "/settings/integrations/hubspot/review";
    public const string All = "all";
    private const int ShortestSearch = 2;

    /// <summary>What a filter is called in the address and on the page.</summary>
    public static IReadOnlyList<(string Name, string Label)> Shown { get; } =
    [
        (All, "All"), ("new", "New here"), ("matched", "Here already"), ("several", "Several matches"),
        ("open", "Not chosen yet"), ("chosen", "Chosen"),
    ];

    public static ReviewQuery Of(string? show, string? search, int page) => new(
        Shown.Any(one => one.Name == show) ? show! : All, // just seen
        search?.Trim() is { Length: >= ShortestSearch and <= 100 } wanted ? wanted : null,
        Math.Max(1, page));

    public string Href(string? show = null, int page = 1, string? handler = null)
    {
        var query = new Dictionary<string, string?>();
        if ((show ?? Show) != All)
        {
            query["show"] = show ?? Show;
        }

        if (Search is not null)
        {
            query["q"] = Search;
        }

        if (page > 1)
        {
            query["page"] = page.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (handler is not null)
        {
            query["handler"] = handler;
        }

        return QueryHelpers.AddQueryString(Path, query);
    }
}
