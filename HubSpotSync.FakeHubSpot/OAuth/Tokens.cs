using System.Security.Cryptography;

namespace HubSpotSync.FakeHubSpot.OAuth;

internal static class Tokens
{
    private const string Scheme = "Bearer ";

    /// <summary>Longer than most are today: HubSpot asks clients to allow for 512 characters.</summary>
    public static string New() => "na1-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(120));

    /// <summary>The token of an Authorization header; null where there is none.</summary>
    public static string? In(string? authorization) =>
        authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true
            ? authorization[Scheme.Length..].Trim()
            : null;
}
