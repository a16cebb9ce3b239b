using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace HubSpotSync.Portal.Customers;

internal enum CustomerSort
{
    Name,
    Newest,
    Changed,
}

/// <summary>What the address of the list asks for.</summary>
internal sealed record CustomerQuery(string? Search, string? Stage, CustomerSort Sort)
{
    public const string Path = "/customers";
    public const string NoStage = "none";
    public const string NoOwner = "none";

    // One letter is in nearly every record, and no index helps to find it.
    public const int ShortestSearch = 2;

    public Guid? Tag { get; init; }

    /// <summary>Where they were first known: <c>local</c>, <c>hubspot</c>.</summary>
    public string? Source { get; init; }

    public string? Owner { get; init; }

    public bool IsArchived { get; init; }

    public SyncStanding? Sync { get; init; }

    /// <summary>The row after or before which the page lies.</summary>
    public ListCursor? Cursor { get; init; }

    /// <summary>How many rows come before the page, for who reads.</summary>
    public int From { get; init; }

    public bool HasFilters => Tag is not null || Source is not null || Owner is not null || IsArchived
        || Sync is not null;

    public static CustomerQuery Of(IEnumerable<KeyValuePair<string, StringValues>> address)
    {
        var values = address.ToDictionary(
            pair => pair.Key, pair => pair.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        return new CustomerQuery(
            Text("q")?.Trim() is { Length: >= ShortestSearch } wanted ? wanted : null,
            Text("stage"),
            Enum.TryParse<CustomerSort>(Text("sort"), ignoreCase: true, out var sort) && Enum.IsDefined(sort)
                ? sort
                : CustomerSort.Name)
        {
            Tag = Guid.TryParse(Text("tag"), out var tag) ? tag : null,
            Source = Text("source") is "local" or "hubspot" ? Text("source") : null,
            Owner = Text("owner"),
            IsArchived = Text("status") == "archived",
            Sync = SyncStandings.Parse(Text("sync")),
            Cursor = ListCursor.Read(Text("after"), isAfter: true) ?? ListCursor.Read(Text("before"), isAfter: false),
            From = int.TryParse(Text("from"), CultureInfo.InvariantCulture, out var from) ? Math.Max(0, from) : 0,
        };

        string? Text(string name) => values.GetValueOrDefault(name) is { Length: > 0 } text ? text : null;
    }

    /// <summary>The part of an address after the question mark.</summary>
    public static CustomerQuery Parse(string? query) => Of(QueryHelpers.ParseQuery(query));

    /// <summary>The same list from its beginning.</summary>
    public CustomerQuery First() => this with { Cursor = null, From = 0 };

    public string Href(string path = Path) => path + QueryString();

    public string QueryString() => QueryHelpers.AddQueryString("", new Dictionary<string, string?>(
        new (string Name, string? Value)[]
        {
            ("q", Search),
            ("stage", Stage),
            ("tag", Tag?.ToString()),
            ("source", Source),
            ("owner", Owner),
            ("status", IsArchived ? "archived" : null),
            ("sync", SyncStandings.CodeOf(Sync)),
            ("sort", Sort == CustomerSort.Name ? null : Sort.ToString().ToLowerInvariant()),
            (Cursor?.IsAfter == false ? "before" : "after", Cursor?.ToString()),
            ("from", From > 0 ? From.ToString(CultureInfo.InvariantCulture) : null),
        }
        .Where(pair => pair.Value is not null)
        .Select(pair => KeyValuePair.Create(pair.Name, pair.Value))));
}
