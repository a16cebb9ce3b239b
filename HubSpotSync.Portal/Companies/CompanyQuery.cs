using System.Globalization;
using HubSpotSync.Portal.Customers;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace HubSpotSync.Portal.Companies;

/// <summary>What the address of the list of companies asks for.</summary>
internal sealed record CompanyQuery(string? Search)
{
    public const string Path = "/companies";
    public const string NoOwner = "none";

    /// <summary>Where a company was first known; <c>contact</c>: by the text in one.</summary>
    public static IReadOnlyList<string> Sources { get; } = ["local", "hubspot", "contact"];

    public string? Source { get; init; }

    public string? Owner { get; init; }

    public Guid? Tag { get; init; }

    public bool IsArchived { get; init; }

    public SyncStanding? Sync { get; init; }

    /// <summary>The row after or before which the page lies.</summary>
    public ListCursor? Cursor { get; init; }

    /// <summary>How many rows come before the page, for who reads.</summary>
    public int From { get; init; }

    public bool HasFilters =>
        Source is not null || Owner is not null || Tag is not null || IsArchived || Sync is not null;

    public static CompanyQuery Of(IEnumerable<KeyValuePair<string, StringValues>> address)
    {
        var values = address.ToDictionary(
            pair => pair.Key, pair => pair.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        return new CompanyQuery(Text("q")?.Trim() is { Length: > 0 } wanted ? wanted : null)
        {
            Source = Sources.FirstOrDefault(source => source == Text("source")),
            Owner = Text("owner"),
            Tag = Guid.TryParse(Text("tag"), out var tag) ? tag : null,
            IsArchived = Text("status") == "archived",
            Sync = SyncStandings.Parse(Text("sync")),
            Cursor = ListCursor.Read(Text("after"), isAfter: true) ?? ListCursor.Read(Text("before"), isAfter: false),
            From = int.TryParse(Text("from"), CultureInfo.InvariantCulture, out var from) ? Math.Max(0, from) : 0,
        };

        string? Text(string name) => values.GetValueOrDefault(name) is { Length: > 0 } text ? text : null;
    }

    /// <summary>The part of an address after the question mark.</summary>
    public static CompanyQuery Parse(string? query) => Of(QueryHelpers.ParseQuery(query));

    /// <summary>The same list from its beginning.</summary>
    public CompanyQuery First() => this with { Cursor = null, From = 0 };

    public string Href(string path = Path) => path + QueryString();

    public string QueryString() => QueryHelpers.AddQueryString("", new Dictionary<string, string?>(
        new (string Name, string? Value)[]
        {
            ("q", Search),
            ("source", Source),
            ("owner", Owner),
            ("tag", Tag?.ToString()),
            ("status", IsArchived ? "archived" : null),
            ("sync", SyncStandings.CodeOf(Sync)),
            (Cursor?.IsAfter == false ? "before" : "after", Cursor?.ToString()),
            ("from", From > 0 ? From.ToString(CultureInfo.InvariantCulture) : null),
        }
        .Where(pair => pair.Value is not null)
        .Select(pair => KeyValuePair.Create(pair.Name, pair.Value))));
}
