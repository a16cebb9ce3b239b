using System.Globalization;

namespace HubSpotSync.FakeHubSpot.OAuth;

/// <summary>
/// What HubSpot signs about an access token. The signature is opaque to clients, so any text will do here.
/// </summary>
internal sealed record SignedToken(
    long ExpiresAt,
    string Scopes,
    int HubId,
    int UserId,
    int AppId,
    string Signature,
    string ScopeToScopeGroupPks,
    string NewSignature,
    string Hublet,
    string TrialScopes,
    string TrialScopeToScopeGroupPks,
    bool IsUserLevel,
    int InstallingUserId,
    bool IsServiceAccount,
    bool IsPrivateDistribution)
{
    public static SignedToken Of(AccessGrant access) => new(
        access.ExpiresAt.ToUnixTimeMilliseconds(), string.Join(' ', access.Installation.Scopes),
        access.Installation.PortalId, Store.FakeAccount.AdminUserId, access.Installation.AppId,
        Mark(access), "", Mark(access), "na1", "", "", IsUserLevel: false,
        Store.FakeAccount.AdminUserId, IsServiceAccount: false, IsPrivateDistribution: false);

    private static string Mark(AccessGrant access) =>
        access.ExpiresAt.ToUnixTimeMilliseconds().ToString("x16", CultureInfo.InvariantCulture);
}
