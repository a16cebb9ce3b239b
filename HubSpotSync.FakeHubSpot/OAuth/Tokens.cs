using System.Security.Cryptography;

namespace HubSpotSync.FakeHubSpot.OAuth;

internal static class Tokens
{
    /// <summary>Longer than most are today: HubSpot asks clients to allow for 512 characters.</summary>
    public static string New() => "na1-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(120));
}
