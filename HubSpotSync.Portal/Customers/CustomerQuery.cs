namespace HubSpotSync.Portal.Customers;

internal enum CustomerSort
{
    Name,
    Newest,
    Changed,
}

/// <summary>What the address of the list asks for.</summary>
internal sealed record CustomerQuery(string? Search, string? Stage, CustomerSort Sort, int Page)
{
    public const string NoStage = "none";

    // One letter is in nearly every record, and no index helps to find it.
    private const int ShortestSearch = 2;

    public static CustomerQuery Of(string? search, string? stage, string? sort, int page) => new(
        search?.Trim() is { Length: >= ShortestSearch } wanted ? wanted : null,
        string.IsNullOrEmpty(stage) ? null : stage,
        Enum.TryParse<CustomerSort>(sort, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed)
            ? parsed
            : CustomerSort.Name,
        Math.Max(1, page));

    public string Href(string? stage = null, CustomerSort? sort = null, int page = 1, bool anyStage = false)
    {
        var query = new Dictionary<string, string?>();
        if (Search is not null)
        {
            query["q"] = Search;
        }

        if (!anyStage && (stage ?? Stage) is { } chosen)
        {
            query["stage"] = chosen;
        }

        if ((sort ?? Sort) is not CustomerSort.Name and var order)
        {
            query["sort"] = order.ToString().ToLowerInvariant();
        }

        if (page > 1)
        {
            query["page"] = page.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString("/customers", query);
    }
}
