using HubSpotSync.FakeHubSpot.Limits;

namespace HubSpotSync.FakeHubSpot.OAuth;

/// <summary>
/// An app let into an account: the scopes a person agreed to, and the refresh token that stands for it.
/// </summary>
public sealed class Installation(int portalId, AppOptions app, IReadOnlySet<string> scopes)
{
    /// <summary>In place of an account, for a token of the app itself.</summary>
    public const int NoAccount = 0;

    public int PortalId => portalId;
    public string ClientId => app.ClientId;
    public int AppId => app.AppId;

    /// <summary>Replaced as a whole: whoever reads it sees all of one agreement.</summary>
    public IReadOnlySet<string> Scopes { get; set; } = scopes;

    public string RefreshToken { get; } = Tokens.New();

    /// <summary>Revoking stops new access tokens; those already given out live on until they expire.</summary>
    public bool Revoked { get; set; }

    public bool Uninstalled { get; set; }

    /// <summary>
    /// Of a private app or service key: what it may ask, by itself. Its token does not end, and is good no more as
    /// soon as somebody deletes or rotates it.
    /// </summary>
    public LimitTier? Tier { get; init; }

    /// <summary>Its tokens are good no more, whatever their end.</summary>
    public bool IsOver => Uninstalled || (Tier is not null && Revoked);
}
