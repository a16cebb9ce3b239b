using System.Globalization;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Schema;

namespace HubSpotSync.FakeHubSpot.Search;

/// <summary>Whether one value meets one filter.</summary>
internal static class FilterMatch
{
    public static readonly IReadOnlySet<string> Operators = new HashSet<string>(StringComparer.Ordinal)
    {
        "EQ", "NEQ", "LT", "LTE", "GT", "GTE", "BETWEEN", "IN", "NOT_IN", "HAS_PROPERTY", "NOT_HAS_PROPERTY",
        "CONTAINS_TOKEN", "NOT_CONTAINS_TOKEN",
    };

    /// <summary>Before any record is looked at: a filter without what it compares with is wrong everywhere.</summary>
    public static void RequireComplete(SearchFilter filter)
    {
        var missing = filter.Operator switch
        {
            "HAS_PROPERTY" or "NOT_HAS_PROPERTY" => null,
            "IN" or "NOT_IN" => filter.Values.Count == 0 ? "values" : null,
            "BETWEEN" => filter.Value is null || filter.HighValue is null ? "value and highValue" : null,
            _ => filter.Value is null ? "value" : null,
        };
        if (missing is not null)
        {
            throw Refuse.Validation($"The operator {filter.Operator} needs {missing}.");
        }
    }

    public static bool Meets(PropertyDefinition property, string? value, SearchFilter filter)
    {
        var has = !string.IsNullOrEmpty(value);
        return filter.Operator switch
        {
            "HAS_PROPERTY" => has,
            "NOT_HAS_PROPERTY" => !has,
            "NEQ" => !has || Compare(property, value!, filter.Wanted) != 0, // has says it is there
            "NOT_IN" => !has || !Among(property, value!, filter), // has says it is there
            "NOT_CONTAINS_TOKEN" => !has || !HasToken(value!, filter.Wanted), // has says it is there
            _ => has && MeetsPresent(property, value!, filter), // has says it is there
        };
    }

    public static int Compare(PropertyDefinition property, string left, string right)
    {
        if (property.Type is "number"
            && decimal.TryParse(left, Numeric, Invariant, out var one)
            && decimal.TryParse(right, Numeric, Invariant, out var two))
        {
            return one.CompareTo(two);
        }

        if (property.Type is "datetime")
        {
            return string.CompareOrdinal(left, right);
        }

        if (property.Type is "date" && WireTime.Parse(left) is { } earlier && WireTime.Parse(right) is { } later)
        {
            return earlier.CompareTo(later);
        }

        return string.Compare(
            left,
            right,
            property.Type is "enumeration" ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);
    }

    private const NumberStyles Numeric = NumberStyles.Float;
    private static CultureInfo Invariant => CultureInfo.InvariantCulture;

    private static bool MeetsPresent(PropertyDefinition property, string value, SearchFilter filter) =>
        filter.Operator switch
    {
        "EQ" => Compare(property, value, filter.Wanted) == 0,
        "LT" => Compare(property, value, filter.Wanted) < 0,
        "LTE" => Compare(property, value, filter.Wanted) <= 0,
        "GT" => Compare(property, value, filter.Wanted) > 0,
        "GTE" => Compare(property, value, filter.Wanted) >= 0,
        "BETWEEN" => Compare(property, value, filter.Wanted) >= 0
            && Compare(property, value, filter.Highest) <= 0,
        "IN" => Among(property, value, filter),
        _ => HasToken(value, filter.Wanted),
    };

    /// <summary>
    /// For text HubSpot compares lower-cased values with the list as it is sent: upper case never matches.
    /// </summary>
    private static bool Among(PropertyDefinition property, string value, SearchFilter filter) => property.Type switch
    {
        "string" => filter.Values.Contains(value.ToLowerInvariant(), StringComparer.Ordinal),
        _ => filter.Values.Any(candidate => Compare(property, value, candidate) == 0),
    };

    private static bool HasToken(string value, string token)
    {
        var word = token.Trim('*');
        return Tokens(value).Append(value).Any(part => (token.StartsWith('*'), token.EndsWith('*')) switch
        {
            (true, true) => part.Contains(word, StringComparison.OrdinalIgnoreCase),
            (true, false) => part.EndsWith(word, StringComparison.OrdinalIgnoreCase),
            (false, true) => part.StartsWith(word, StringComparison.OrdinalIgnoreCase),
            _ => part.Equals(word, StringComparison.OrdinalIgnoreCase),
        });
    }

    private static string[] Tokens(string value) =>
        value.Split([' ', '@', '.', ',', ';', '-', '_', '/'], StringSplitOptions.RemoveEmptyEntries);
}
