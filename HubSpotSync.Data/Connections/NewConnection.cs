using HubSpotSync.Core.Planning;

namespace HubSpotSync.Data.Connections;

/// <summary>
/// What a consent or a pasted token brought: the account, the tokens (in the clear, never stored so) and what was
/// chosen.
/// </summary>
public sealed record NewConnection(long HubId, string AccountName, string UiDomain)
{
    public string? TimeZone { get; init; }
    public string? Currency { get; init; }
    public required SyncMode Mode { get; init; }
    public required string AccessToken { get; init; }

    /// <summary><c>null</c>: the access token was pasted and does not end.</summary>
    public required string? RefreshToken { get; init; }
    public TimeSpan? ExpiresIn { get; init; }
    public int? BurstLimit { get; init; }
    public int? DailyLimit { get; init; }
    public required string[] Scopes { get; init; }
    public required Guid ConnectedBy { get; init; }

    /// <summary>Its contacts wait until a person has let them in.</summary>
    public bool IsUnderReview { get; init; }

    public override string ToString() => $"NewConnection {{ HubId = {HubId} }}"; // never a token in a log
}
