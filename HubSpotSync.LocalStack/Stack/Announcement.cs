using System.Text.RegularExpressions;

namespace HubSpotSync.LocalStack.Stack;

/// <summary>
/// A line <c>Label: address</c> that a resource writes for people: repeated, unmasked, in the summary.
/// </summary>
internal sealed partial record Announcement(string Label, string Url)
{
    public static Announcement? Parse(string line) =>
        Pattern().Match(line) is { Success: true } match
            ? new Announcement(match.Groups["label"].Value, match.Groups["url"].Value)
            : null;

    public override string ToString() => $"{Label}: {Url}";

    [GeneratedRegex(@"^(?<label>[A-Z][A-Za-z -]{1,30}): (?<url>https?://\S+)$")]
    private static partial Regex Pattern();
}
