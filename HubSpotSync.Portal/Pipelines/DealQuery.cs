using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace HubSpotSync.Portal.Pipelines;

internal enum DealFilter
{
    All,
    Open,
    Overdue,
    Won,
    ToInvoice,
    Lost,
}

/// <summary>What the address of a pipeline page asks for.</summary>
internal sealed record DealQuery
{
    public const string NoOwner = "none";
    public const string Board = "/pipeline";
    public const string List = "/pipeline/list";

    /// <summary>HubSpot's id; <c>null</c>: on the board the first one, in the list all.</summary>
    public string? Pipeline { get; init; }
    public string? Stage { get; init; }
    public string? Owner { get; init; }
    public string? Search { get; init; }
    public DealFilter Filter { get; init; }
    public int Page { get; init; } = 1;

    public static DealQuery Of(IQueryCollection address) => new()
    {
        Pipeline = Text(address["pipeline"]),
        Stage = Text(address["stage"]),
        Owner = Text(address["owner"]),
        Search = Text(address["q"]),
        Filter = Enum.TryParse<DealFilter>(address["show"], ignoreCase: true, out var filter) && Enum.IsDefined(filter)
            ? filter
            : DealFilter.All,
        Page = int.TryParse(address["page"], CultureInfo.InvariantCulture, out var page) ? Math.Max(1, page) : 1,
    };

    public string Href(string path) => QueryHelpers.AddQueryString(path, new Dictionary<string, string?>(
        new (string Name, string? Value)[]
        {
            ("pipeline", Pipeline),
            ("stage", Stage),
            ("owner", Owner),
            ("q", Search),
            ("show", Filter == DealFilter.All ? null : Filter.ToString().ToLowerInvariant()),
            ("page", Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null),
        }
        .Where(pair => pair.Value is not null)
        .Select(pair => KeyValuePair.Create(pair.Name, pair.Value))));

    private static string? Text(string? value) => value?.Trim() is { Length: > 0 and <= 200 } text ? text : null;
}
