using System.Globalization;
using System.Net.Http.Headers;

namespace HubSpotSync.HubSpotApi.Limits;

/// <summary>
/// What an answer says of the account's limits: <c>X-HubSpot-RateLimit-…</c>. Searches say nothing, and only accounts
/// with a limit a day say how much of it is left.
/// </summary>
internal readonly record struct LimitHeaders(int? Max, int? Remaining, int? Daily, int? DailyRemaining)
{
    private const string Prefix = "X-HubSpot-RateLimit-";

    /// <summary>How many requests of the window HubSpot has counted.</summary>
    public int? Used => Max - Remaining;

    public DayUse? Day => Daily is > 0 and var limit && DailyRemaining is { } left
        ? new DayUse(limit, Math.Max(0, limit - left))
        : null;

    public static LimitHeaders Read(HttpResponseHeaders headers) => new(
        Number(headers, "Max"),
        Number(headers, "Remaining"),
        Number(headers, "Daily"),
        Number(headers, "Daily-Remaining"));

    private static int? Number(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(Prefix + name, out var values)
        && int.TryParse(values.First(), CultureInfo.InvariantCulture, out var number) && number >= 0
            ? number
            : null;
}
