namespace HubSpotSync.FakeHubSpot.Schema;

/// <summary>A rule an account's administrator set for the values of one property.</summary>
public sealed record PropertyRule(string RuleType, IReadOnlyList<string> RuleArguments, bool ShouldApplyNormalization)
{
    public static readonly IReadOnlyList<string> RuleTypes =
    [
        "AFTER_DATETIME_DURATION", "AFTER_DURATION", "ALPHANUMERIC", "BEFORE_DATETIME_DURATION", "BEFORE_DURATION",
        "DAYS_OF_WEEK", "DECIMAL", "DOMAIN", "EMAIL", "EMAIL_ALLOWED_DOMAINS", "EMAIL_BLOCKED_DOMAINS", "END_DATE",
        "END_DATETIME", "FORMAT", "MAX_LENGTH", "MAX_NUMBER", "MIN_LENGTH", "MIN_NUMBER",
        "PHONE_NUMBER_WITH_EXPLICIT_COUNTRY_CODE", "REGEX", "SPECIAL_CHARACTERS", "START_DATE", "START_DATETIME",
        "URL", "URL_ALLOWED_DOMAINS", "URL_BLOCKED_DOMAINS", "WHITESPACE",
    ];
}
