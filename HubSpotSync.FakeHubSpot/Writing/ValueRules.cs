using System.Text.RegularExpressions;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Schema;

namespace HubSpotSync.FakeHubSpot.Writing;

/// <summary>What each type of property takes, and how HubSpot then keeps it.</summary>
internal static partial class ValueRules
{
    public const int LongestText = 65_536;

    /// <summary>The value as it is kept, or null and the problem.</summary>
    public static string? Normalise(
        PropertyDefinition property, string value, IReadOnlyList<string> endings, out PropertyProblem? problem)
    {
        problem = null;
        if (value.Length == 0)
        {
            return value;
        }

        var (kept, error, message) = property switch
        {
            { Name: "email" } => Email(value, endings),
            { Type: "number" } =>
                (Number().IsMatch(value) ? value : null, "INVALID_NUMBER", $"{value} was not a valid number."),
            { Type: "bool" } => (Flag(value), "INVALID_BOOLEAN", $"{value} was not one of true and false."),
            { Type: "date" } =>
                (Date(value), "INVALID_DATE", $"{value} was not a valid date: midnight UTC is expected."),
            { Type: "datetime" } => (Moment(value), "INVALID_DATE", $"{value} was not a valid moment."),
            { Type: "enumeration", ExternalOptions: true } => (value, "", ""),
            { Type: "enumeration" } =>
                (Option(property, value), "INVALID_OPTION", $"{value} was not one of the allowed options."),
            _ => (Text(value), "PROPERTY_VALUE_TOO_LONG", "The value is longer than 65536 characters."),
        };
        problem = kept is null ? new PropertyProblem(property.Name, error, message) : null;
        return kept;
    }

    private static (string?, string, string) Email(string value, IReadOnlyList<string> endings)
    {
        var ending = value[(value.LastIndexOf('.') + 1)..];
        var good = Address().IsMatch(value) && endings.Contains(ending, StringComparer.OrdinalIgnoreCase);
        return (good ? value.ToLowerInvariant() : null, "INVALID_EMAIL", $"Email address {value} is invalid");
    }

    private static string? Flag(string value) => value is "true" or "false" ? value : null;

    private static string? Text(string value) => value.Length <= LongestText ? value : null;

    private static string? Moment(string value) => WireTime.Parse(value) is { } moment ? WireTime.Format(moment) : null;

    private static string? Date(string value) =>
        WireTime.Parse(value) is { } moment && moment.TimeOfDay == TimeSpan.Zero ? WireTime.FormatDate(moment) : null;

    private static string? Option(PropertyDefinition property, string value)
    {
        if (!property.IsMultiple)
        {
            return property.Options.Any(option => option.Value == value) ? value : null;
        }

        return value.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .All(part => property.Options.Any(option => option.Value == part))
            ? value
            : null;
    }

    /// <summary>A leading ";" adds to the choices instead of replacing them.</summary>
    public static string AddChoices(string? before, string written)
    {
        if (!written.StartsWith(';'))
        {
            return written;
        }

        var parts = $"{before}{written}".Split(';', StringSplitOptions.RemoveEmptyEntries).Distinct();
        return string.Join(';', parts);
    }

    [GeneratedRegex(@"^-?(\d+\.?\d*|\.\d+)$")]
    private static partial Regex Number();

    [GeneratedRegex(@"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}$")]
    private static partial Regex Address();
}
