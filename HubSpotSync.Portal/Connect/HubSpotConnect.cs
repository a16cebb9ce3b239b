using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Connections;
using HubSpotSync.HubSpotApi.Errors;
using HubSpotSync.HubSpotApi.OAuth;

namespace HubSpotSync.Portal.Connect;

/// <summary>The consent that came back: who gave it, for which mode, and the code to exchange.</summary>
internal sealed record Consent(Guid UserId, SyncMode Mode, string Code, Uri RedirectUri);

/// <summary>Turns a consent into a connection: tokens, the account behind them, one row.</summary>
internal sealed class HubSpotConnect(HubSpotOAuth oauth, AccountStore store)
{
    public async Task<ConnectAnswer> CompleteAsync(Consent consent, CancellationToken cancellationToken)
    {
        OAuthTokens tokens;
        AccountDetails account;
        try
        {
            tokens = await oauth.ExchangeAsync(consent.Code, consent.RedirectUri, cancellationToken);
            var missing = HubSpotScopes.Required(consent.Mode).Except(tokens.Scopes, StringComparer.Ordinal).ToList();
            if (missing.Count > 0)
            {
                return new ConnectAnswer.Refused(ConnectProblem.MissingScopes(missing));
            }

            account = await oauth.ReadAccountAsync(tokens.AccessToken, cancellationToken);
        }
        catch (OAuthException refused)
        {
            return new ConnectAnswer.Refused(ConnectProblem.OfToken(refused.Reason));
        }
        catch (HubSpotException error)
        {
            return new ConnectAnswer.Refused(error is HubSpotUnavailableException or HubSpotRateLimitedException
                ? ConnectProblem.Unreachable
                : ConnectProblem.OfToken(error.Category));
        }

        return await store.StoreAsync(
            new NewConnection(account.PortalId, account.Name, account.UiDomain)
            {
                TimeZone = account.TimeZone,
                Currency = account.Currency,
                Mode = consent.Mode,
                AccessToken = tokens.AccessToken,
                RefreshToken = tokens.RefreshToken,
                ExpiresIn = tokens.ExpiresIn,
                Scopes = [.. tokens.Scopes],
                ConnectedBy = consent.UserId,
            },
            cancellationToken);
    }
}
