using System.Globalization;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Journal;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace HubSpotSync.Portal.Health;

/// <summary>Which records the address asks for.</summary>
internal sealed record OutcomeQuery(OutcomeState State)
{
    public const string Path = "/settings/integrations/hubspot/outcomes";
    private const int ShortestSearch = 2;

    public RecordKind? Kind { get; init; }

    public OutcomeReason? Reason { get; init; }

    /// <summary>HubSpot's own word for why it refused; with a reason only.</summary>
    public string? Detail { get; init; }

    public string? Search { get; init; }

    /// <summary>The row after or before which the page lies.</summary>
    public OutcomeCursor? Cursor { get; init; }

    /// <summary>How many rows come before the page, for who reads.</summary>
    public int From { get; init; }

    public bool HasFilters => Kind is not null || Reason is not null || Search is not null;

    /// <summary>What is searched for as an id of HubSpot, where it is a number.</summary>
    public long? SearchedId =>
        long.TryParse(Search, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    public static OutcomeQuery Of(IEnumerable<KeyValuePair<string, StringValues>> address)
    {
        var values = address.ToDictionary(
            pair => pair.Key, pair => pair.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var reason = Choice<OutcomeReason>("reason");
        return new OutcomeQuery(Choice<OutcomeState>("state") ?? OutcomeState.Excluded)
        {
            Kind = Choice<RecordKind>("kind"),
            Reason = reason,
            Detail = reason is null ? null : Text("detail"),
            Search = Text("q")?.Trim() is { Length: >= ShortestSearch and <= 100 } wanted ? wanted : null,
            Cursor = OutcomeCursor.Read(Text("after"), isAfter: true)
                ?? OutcomeCursor.Read(Text("before"), isAfter: false),
            From = int.TryParse(Text("from"), CultureInfo.InvariantCulture, out var from) ? Math.Max(0, from) : 0,
        };

        string? Text(string name) => values.GetValueOrDefault(name) is { Length: > 0 } text ? text : null;

        TChoice? Choice<TChoice>(string name)
            where TChoice : struct, Enum =>
            Enum.TryParse<TChoice>(Text(name), ignoreCase: true, out var choice) && Enum.IsDefined(choice)
                ? choice
                : null;
    }

    /// <summary>The same from its beginning.</summary>
    public OutcomeQuery First() => this with { Cursor = null, From = 0 };

    public string Href(string? handler = null) => QueryHelpers.AddQueryString(Path, new (string Name, string? Value)[]
        {
            ("state", State.ToString()),
            ("kind", Kind?.ToString()),
            ("reason", Reason?.ToString()),
            ("detail", Detail),
            ("q", Search),
            (Cursor?.IsAfter == false ? "before" : "after", Cursor?.ToString()),
            ("from", From > 0 ? From.ToString(CultureInfo.InvariantCulture) : null),
            ("handler", handler),
        }
        .Where(pair => pair.Value is not null)
        .Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));
}

/// <summary>A row in the order of the list, whether or not it is still there.</summary>
internal sealed record OutcomeCursor(string Kind, string Key, bool IsAfter)
{
    private const char Mark = '~';

    public static OutcomeCursor? Read(string? text, bool isAfter) =>
        text?.Split(Mark) is [var kind, var key] ? new OutcomeCursor(kind, key, isAfter) : null;

    public override string ToString() => $"{Kind}{Mark}{Key}";
}
