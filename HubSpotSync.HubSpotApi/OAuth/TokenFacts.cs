namespace HubSpotSync.HubSpotApi.OAuth;

/// <summary>What a pasted token turned out to be good for.</summary>
/// <param name="Granted">Permissions that were tried and work.</param>
/// <param name="Missing">Permissions that HubSpot says the token lacks.</param>
public sealed record TokenFacts(
    AccountDetails Account, IReadOnlyList<string> Granted, IReadOnlyList<string> Missing)
{
    /// <summary>Requests in ten seconds, as HubSpot says; <c>null</c> where it did not say.</summary>
    public int? BurstLimit { get; init; }

    /// <summary>Requests a day that the private apps of the account share.</summary>
    public int? DailyLimit { get; init; }
}
