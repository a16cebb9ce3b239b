using System.Globalization;
using HubSpotSync.Portal.Words;

namespace HubSpotSync.Portal.Audit;

/// <summary>Which entries of the audit log, and from where on; as it stands in the address.</summary>
internal sealed record AuditQuery
{
    public Guid? Who { get; init; }

    /// <summary>A part of the log, such as <c>hubspot</c>.</summary>
    public string? What { get; init; }
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }

    /// <summary>Entries older than this one.</summary>
    public long? Before { get; init; }

    /// <summary>Entries newer than this one.</summary>
    public long? After { get; init; }

    public bool HasFilters => Who is not null || What is not null || From is not null || To is not null;

    public static AuditQuery Of(IQueryCollection query) => new()
    {
        Who = Guid.TryParse(query["who"], out var who) ? who : null,
        What = AuditWords.Areas.Select(area => area.Key).FirstOrDefault(key => key == query["what"]),
        From = Dates.ReadField(query["from"]),
        To = Dates.ReadField(query["to"]),
        Before = Id(query["before"]),
        After = Id(query["after"]),
    };

    public string Href(string path = "/settings/audit") => path + QueryString.Create(
        new Dictionary<string, string?>
        {
            ["who"] = Who?.ToString(),
            ["what"] = What,
            ["from"] = From is { } from ? Dates.Field(from) : null,
            ["to"] = To is { } to ? Dates.Field(to) : null,
            ["before"] = Before?.ToString(CultureInfo.InvariantCulture),
            ["after"] = After?.ToString(CultureInfo.InvariantCulture),
        }.Where(part => part.Value is not null));

    private static long? Id(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
