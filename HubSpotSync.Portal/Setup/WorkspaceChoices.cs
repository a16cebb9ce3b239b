namespace HubSpotSync.Portal.Setup;

/// <summary>What the set-up page offers.</summary>
internal static class WorkspaceChoices
{
    public static IReadOnlyList<(string Code, string Name)> Currencies { get; } =
    [
        ("EUR", "Euro"), ("USD", "US dollar"), ("GBP", "Pound sterling"), ("CHF", "Swiss franc"),
        ("SEK", "Swedish krona"), ("NOK", "Norwegian krone"), ("DKK", "Danish krone"), ("PLN", "Polish złoty"),
        ("CZK", "Czech koruna"), ("CAD", "Canadian dollar"), ("AUD", "Australian dollar"),
        ("NZD", "New Zealand dollar"),
        ("JPY", "Japanese yen"), ("SGD", "Singapore dollar"), ("INR", "Indian rupee"), ("BRL", "Brazilian real"),
    ];

    public static IReadOnlyList<string> TimeZones { get; } =
    [
        .. TimeZoneInfo.GetSystemTimeZones()
            .Select(zone => zone.Id)
            .Where(id => id.Contains('/', StringComparison.Ordinal) && !id.StartsWith("Etc/", StringComparison.Ordinal))
            .Append("UTC")
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];
}
