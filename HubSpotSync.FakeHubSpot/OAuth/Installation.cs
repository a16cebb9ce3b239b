namespace HubSpotSync.FakeHubSpot.OAuth;

/// <summary>
/// An app let into an account: the scopes a person agreed to, and the refresh token that stands for it.
/// </summary>
public sealed class Installation(int portalId, string clientId, IReadOnlySet<string> scopes)
{
    public int PortalId => portalId;
    public string ClientId => clientId;
    public IReadOnlySet<string> Scopes => scopes;
    public string RefreshToken { get; } = Tokens.New();

    /// <summary>Revoking stops new access tokens; those already given out live on until they expire.</summary>
    public bool Revoked { get; set; }

    public bool Uninstalled { get; set; }
}
