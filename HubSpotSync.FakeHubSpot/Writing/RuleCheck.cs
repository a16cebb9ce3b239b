using System.Globalization;
using System.Text.RegularExpressions;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Schema;

namespace HubSpotSync.FakeHubSpot.Writing;

/// <summary>
/// Whether a value keeps a rule. Kinds of rule that are not here are kept and shown, but bind nobody.
/// </summary>
internal static class RuleCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);
    private static readonly string[] Counted = ["MIN_LENGTH", "MAX_LENGTH", "DECIMAL"];
    private static readonly string[] Measured = ["MIN_NUMBER", "MAX_NUMBER"];
    private static readonly string[] Dated = ["START_DATE", "END_DATE", "START_DATETIME", "END_DATETIME"];

    public static bool Keeps(PropertyRule rule, string value)
    {
        var argument = rule.RuleArguments[0];
        return rule.RuleType switch
        {
            "MIN_LENGTH" => value.Length >= Whole(argument),
            "MAX_LENGTH" => value.Length <= Whole(argument),
            "DECIMAL" => value.Length - 1 - value.IndexOf('.') <= Whole(argument) || !value.Contains('.'),
            "MIN_NUMBER" => Number(value) >= Number(argument),
            "MAX_NUMBER" => Number(value) <= Number(argument),
            "START_DATE" or "START_DATETIME" => WireTime.Parse(value) >= WireTime.Parse(argument),
            "END_DATE" or "END_DATETIME" => WireTime.Parse(value) <= WireTime.Parse(argument),
            "REGEX" => Matches(value, argument),
            "EMAIL_ALLOWED_DOMAINS" => rule.RuleArguments.Contains(Domain(value), StringComparer.OrdinalIgnoreCase),
            "EMAIL_BLOCKED_DOMAINS" => !rule.RuleArguments.Contains(Domain(value), StringComparer.OrdinalIgnoreCase),
            _ => true,
        };
    }

    /// <summary>A rule that could never be asked is refused when it is set.</summary>
    public static void RefuseUseless(PropertyRule rule)
    {
        var good = rule.RuleArguments.All(argument => rule.RuleType switch
        {
            var kind when Counted.Contains(kind) => Whole(argument) is >= 0,
            var kind when Measured.Contains(kind) => Number(argument) is not null,
            var kind when Dated.Contains(kind) => WireTime.Parse(argument) is not null,
            "REGEX" => IsPattern(argument),
            _ => true,
        });
        if (!good)
        {
            throw Refuse.Validation(
                $"Invalid arguments for the rule {rule.RuleType}: {string.Join(", ", rule.RuleArguments)}",
                "PropertyValidationError.INVALID_RULE_ARGUMENTS");
        }
    }

    private static bool Matches(string value, string pattern)
    {
        try
        {
            return Regex.IsMatch(value, $"^(?:{pattern})$", RegexOptions.CultureInvariant, Patience);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static bool IsPattern(string pattern)
    {
        try
        {
            return new Regex($"^(?:{pattern})$", RegexOptions.CultureInvariant, Patience) is not null;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static string Domain(string address) => address[(address.LastIndexOf('@') + 1)..];

    private static int? Whole(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
