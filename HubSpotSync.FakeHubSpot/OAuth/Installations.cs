using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;
using Microsoft.Extensions.Options;

namespace HubSpotSync.FakeHubSpot.OAuth;

/// <summary>The codes and tokens given out.</summary>
public sealed class Installations
{
    public const int AccessSeconds = 1800;
    private static readonly TimeSpan CodeLife = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, CodeGrant> _codes = [];
    private readonly Dictionary<string, AccessGrant> _access = [];
    private readonly Dictionary<string, Installation> _refresh = [];
    private readonly FakeAccounts _accounts;
    private readonly FakeClock _clock;
    private readonly FakeOptions _options;

    public Installations(FakeAccounts accounts, FakeClock clock, IOptions<FakeOptions> options)
    {
        (_accounts, _clock, _options) = (accounts, clock, options.Value);
        LetScriptsIn();
    }

    /// <summary>Installs the app under test without the consent page, for tests about something else.</summary>
    public IssuedTokens Install(int portalId, params IEnumerable<string> scopes) =>
        Install(portalId, _options.Apps.First(), scopes);

    public IssuedTokens Install(int portalId, AppOptions app, IEnumerable<string> scopes)
    {
        lock (_gate)
        {
            var installation = new Installation(portalId, app, scopes.ToHashSet());
            _refresh[installation.RefreshToken] = installation;
            return Issue(installation);
        }
    }

    /// <summary>A token that does not end.</summary>
    internal void LetIn(string token, Installation installation)
    {
        lock (_gate)
        {
            _refresh[installation.RefreshToken] = installation;
            _access[token] = new AccessGrant(installation, DateTimeOffset.MaxValue);
        }
    }

    internal string NewCode(int portalId, AuthorizeRequest request)
    {
        var code = Guid.NewGuid().ToString();
        lock (_gate)
        {
            _codes[code] = new CodeGrant(portalId, request, _clock.Now + CodeLife);
        }

        return code;
    }

    /// <summary>A code serves once, even when the exchange then fails.</summary>
    internal IssuedTokens Redeem(AppOptions app, string? code, string? redirectUri, string? verifier)
    {
        lock (_gate)
        {
            if (code is null
                || !_codes.Remove(code, out var grant)
                || grant.ExpiresAt <= _clock.Now
                || grant.Request.ClientId != app.ClientId)
            {
                throw OAuthError.Refusal("invalid_grant", "BAD_AUTH_CODE", "missing or unknown auth code");
            }

            if (grant.Request.RedirectUri != redirectUri)
            {
                throw OAuthError.Refusal(
                    "invalid_grant", "BAD_REDIRECT_URI", "redirect uri does not match the one the code was given for");
            }

            return CodeChallenge.IsMet(grant.Request.Challenge, verifier)
                ? Install(grant.PortalId, app, grant.Request.AllScopes)
                : throw OAuthError.Refusal(
                    "invalid_grant", "BAD_CODE_VERIFIER", "code verifier is missing or does not match");
        }
    }

    internal IssuedTokens Refresh(AppOptions app, string? refreshToken)
    {
        lock (_gate)
        {
            return FindRefresh(refreshToken) is { Revoked: false, Uninstalled: false } installation
                && installation.ClientId == app.ClientId
                ? Issue(installation)
                : throw OAuthError.Refusal(
                    "invalid_grant", "BAD_REFRESH_TOKEN", "refresh token is invalid, expired or revoked");
        }
    }

    /// <summary>A token of the app itself, for what belongs to no account; no bearer route takes it.</summary>
    internal IssuedTokens ForApp(AppOptions app, IEnumerable<string> scopes)
    {
        lock (_gate)
        {
            return Issue(new Installation(Installation.NoAccount, app, scopes.ToHashSet()));
        }
    }

    internal Caller Authenticate(string? authorization)
    {
        var grant = FindAccess(Tokens.In(authorization));
        if (grant is null
            || grant.Installation.IsOver
            || _accounts.Find(grant.Installation.PortalId) is not { } account)
        {
            throw Refuse.Unauthorized(
                "INVALID_AUTHENTICATION",
                "Authentication credentials not found. This API supports OAuth 2.0 authentication.");
        }

        if (grant.ExpiresAt <= _clock.Now)
        {
            throw Expired(grant.ExpiresAt);
        }

        return new Caller(account, grant.Installation);
    }

    internal AccessGrant? FindAccess(string? token)
    {
        lock (_gate)
        {
            return token is null ? null : _access.GetValueOrDefault(token);
        }
    }

    internal Installation? FindRefresh(string? token)
    {
        lock (_gate)
        {
            return token is null ? null : _refresh.GetValueOrDefault(token);
        }
    }

    internal IReadOnlyList<Installation> In(int portalId)
    {
        lock (_gate)
        {
            return [.. _refresh.Values.Where(installation => installation.PortalId == portalId)];
        }
    }

    internal void Uninstall(int portalId) => Each(portalId, installation => installation.Uninstalled = true);

    internal void Revoke(int portalId) => Each(portalId, installation => installation.Revoked = true);

    internal void RemoveScopes(int portalId, IReadOnlyList<string> scopes) =>
        Each(portalId, installation => installation.Scopes = installation.Scopes.Except(scopes).ToHashSet());

    internal void Expire(int portalId)
    {
        lock (_gate)
        {
            foreach (var (token, grant) in _access.ToList())
            {
                if (grant.Installation is { Tier: null } installation
                    && installation.PortalId == portalId && grant.ExpiresAt > _clock.Now)
                {
                    _access[token] = grant with { ExpiresAt = _clock.Now };
                }
            }
        }
    }

    public int ActiveIn(int portalId) =>
        In(portalId).Count(installation => installation is { Revoked: false, Uninstalled: false });

    /// <summary>A revoked refresh token does not take the app out of the account; only uninstalling does.</summary>
    public bool IsInstalled(int portalId) => In(portalId).Any(installation => !installation.Uninstalled);

    public bool Grants(int portalId, string scope) =>
        In(portalId).Any(installation => !installation.Uninstalled && installation.Scopes.Contains(scope));

    public void Reset()
    {
        lock (_gate)
        {
            _codes.Clear();
            _access.Clear();
            _refresh.Clear();
            LetScriptsIn();
        }
    }

    private void LetScriptsIn()
    {
        if (_options.Token.Length > 0)
        {
            LetIn(
                _options.Token,
                new Installation(_options.PortalId, _options.Apps.First(), ScopeCatalog.All.ToHashSet()));
        }
    }

    private void Each(int portalId, Action<Installation> change)
    {
        lock (_gate)
        {
            foreach (var installation in In(portalId))
            {
                change(installation);
            }
        }
    }

    private IssuedTokens Issue(Installation installation)
    {
        var token = Tokens.New();
        _access[token] = new AccessGrant(installation, _clock.Now.AddSeconds(AccessSeconds));
        return new IssuedTokens(token, AccessSeconds, installation);
    }

    private RefusalException Expired(DateTimeOffset at)
    {
        var age = (int)(_clock.Now - at).TotalSeconds;
        var message = $"The OAuth token used to make this call expired {age} second(s) ago.";
        var context = Refuse.Context("expire time", WireTime.Format(at));
        return new RefusalException(401, new ErrorBody(message, "EXPIRED_AUTHENTICATION") { Context = context });
    }
}
