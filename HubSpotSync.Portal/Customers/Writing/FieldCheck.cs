using HubSpotSync.Core.Fields;
using HubSpotSync.Portal.Words;

namespace HubSpotSync.Portal.Customers.Writing;

/// <summary>What is wrong with a value that a person or a program gives a field.</summary>
internal static class FieldCheck
{
    public const int Longest = 2000;
    private const int LongestAddress = 320;

    /// <returns><c>null</c>: nothing.</returns>
    public static string? ProblemOf(FieldDefinition field, string? value) => value switch
    {
        null => null,
        { Length: > Longest } => $"At most {Numbers.Count(Longest)} characters fit in here.",
        _ => field.Type switch
        {
            FieldType.Email when !IsEmail(value) =>
                "This is not an e-mail address: it needs a form like name@example.com.",
            FieldType.Domain when !IsDomain(value) => "This is not a domain: it needs a form like example.com.",
            FieldType.Number when !FieldValue.IsOfType(FieldType.Number, value) => "This is not a number.",
            FieldType.DateTime or FieldType.Date when !FieldValue.IsOfType(FieldType.DateTime, value) =>
                "This is not a date: write it as 2026-03-31.",
            FieldType.Boolean when value is not ("true" or "false") => "Write yes or no.",
            _ => null,
        },
    };

    private static bool IsEmail(string value) =>
        value.Length <= LongestAddress && value.Split('@') is [{ Length: > 0 } name, { } domain]
        && !name.Any(char.IsWhiteSpace) && IsDomain(domain);

    private static bool IsDomain(string value) =>
        value.Length <= LongestAddress
        && value.Split('.') is { Length: > 1 } parts
        && parts.All(part => part.Length > 0 && part.All(letter => char.IsLetterOrDigit(letter) || letter == '-'));
}
