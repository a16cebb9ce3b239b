using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace HubSpotSync.Portal.Api.Http;

/// <summary>The version of what was read before, as an update names it.</summary>
/// <param name="Text"><c>null</c>: whatever is there is overwritten.</param>
internal sealed record SeenVersion(string? Text)
{
    /// <summary>As a row's version; none that ever was where it is no number.</summary>
    public uint? Number => Text is null ? null
        : uint.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : 0;
}

/// <summary>Versions of records in headers: ETag on the way out, If-Match on the way in.</summary>
internal static class RowVersions
{
    public static void SayVersion(this HttpContext context, uint version) =>
        context.SayVersion(version.ToString(CultureInfo.InvariantCulture));

    public static void SayVersion(this HttpContext context, string version) =>
        context.Response.Headers.ETag = $"\"{version}\"";

    /// <summary>An update says what it has seen, so that nobody overwrites unseen what another one saved.</summary>
    public static (SeenVersion? Seen, ProblemHttpResult? Problem) ReadIfMatch(this HttpContext context)
    {
        var text = context.Request.Headers.IfMatch.ToString();
        if (text.Length == 0)
        {
            return (null, ApiProblem.Of(
                StatusCodes.Status428PreconditionRequired, "if_match_required",
                "Say which version you have seen: send the ETag of your last read as If-Match, "
                + "or If-Match: * to overwrite whatever is there.",
                new Dictionary<string, string> { ["If-Match"] = "This header is needed for a change." }));
        }

        if (text == "*")
        {
            return (new SeenVersion((string?)null), null);
        }

        return EntityTagHeaderValue.TryParse(text, out var tag) && !tag.IsWeak
            ? (new SeenVersion(tag.Tag.ToString().Trim('"')), null)
            : (null, ApiProblem.Unreadable("If-Match", "This is not one ETag, such as \"1234\", and not *."));
    }

    /// <summary>Somebody else saved meanwhile: both values of each field, and the record as it is now.</summary>
    public static ProblemHttpResult ChangedMeanwhile(
        IReadOnlyDictionary<string, BothValues> conflicts, object? current) => ApiProblem.Of(
        StatusCodes.Status412PreconditionFailed, "changed_meanwhile",
        "Somebody else saved since you have read it, and nothing of yours was saved. Compare, and send it again with "
        + "the ETag of this answer.",
        null, ("conflicts", conflicts), ("current", current));
}

/// <summary>What was to be saved, and what is there.</summary>
internal sealed record BothValues(object? Yours, object? Theirs);
