using System.Globalization;
using HubSpotSync.Data.Runs;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Progress;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace HubSpotSync.Portal.Runs;

/// <summary>Which runs the address asks for.</summary>
internal sealed record RunQuery
{
    public RunTrigger? Trigger { get; init; }

    public RunState? State { get; init; }

    /// <summary>Only those in which something failed, or that failed themselves.</summary>
    public bool OnlyErrors { get; init; }

    /// <summary>The row after or before which the page lies.</summary>
    public ListCursor? Cursor { get; init; }

    /// <summary>How many rows come before the page, for who reads.</summary>
    public int From { get; init; }

    public bool HasFilters => Trigger is not null || State is not null || OnlyErrors;

    public static RunQuery Of(IEnumerable<KeyValuePair<string, StringValues>> address)
    {
        var values = address.ToDictionary(
            pair => pair.Key, pair => pair.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        return new RunQuery
        {
            Trigger = Choice<RunTrigger>("trigger"),
            State = Choice<RunState>("state"),
            OnlyErrors = Text("errors") == "true",
            Cursor = ListCursor.Read(Text("after"), isAfter: true) ?? ListCursor.Read(Text("before"), isAfter: false),
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
    public RunQuery First() => this with { Cursor = null, From = 0 };

    public string Href(string? handler = null) => QueryHelpers.AddQueryString(
        RunAddress.History,
        new (string Name, string? Value)[]
        {
            ("trigger", Trigger?.ToString()),
            ("state", State?.ToString()),
            ("errors", OnlyErrors ? "true" : null),
            (Cursor?.IsAfter == false ? "before" : "after", Cursor?.ToString()),
            ("from", From > 0 ? From.ToString(CultureInfo.InvariantCulture) : null),
            ("handler", handler),
        }
        .Where(pair => pair.Value is not null)
        .Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));
}
