using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Connections;
using HubSpotSync.HubSpotApi.Errors;
using HubSpotSync.HubSpotApi.OAuth;

namespace HubSpotSync.Portal.Connect;

/// <summary>A token that somebody pasted, and for which mode.</summary>
internal sealed record PastedToken(Guid UserId, SyncMode Mode, string Token)
{
    public override string ToString() => "PastedToken { … }"; // never in a log
}

/// <summary>
/// Turns a pasted token into a connection, if HubSpot takes it and it may do what the mode needs. Tried before anything
/// is kept, so that what is wrong is said to the one who can put it right, while they are at it.
/// </summary>
internal sealed class TokenConnect(TokenCheck check, AccountStore store)
{
    public async Task<ConnectAnswer> CompleteAsync(PastedToken pasted, CancellationToken cancellationToken)
    {
        TokenFacts facts;
        try
        {
            facts = await check.RunAsync(pasted.Token, pasted.Mode, cancellationToken);
        }
        catch (HubSpotAuthorizationException)
        {
            return new ConnectAnswer.Refused(ConnectProblem.UnknownToken);
        }
        catch (HubSpotException error)
        {
            return new ConnectAnswer.Refused(error is HubSpotUnavailableException or HubSpotRateLimitedException
                ? ConnectProblem.Unreachable
                : ConnectProblem.OfToken(error.Category));
        }

        var missing = facts.Missing.Intersect(HubSpotScopes.Required(pasted.Mode), StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
        {
            return new ConnectAnswer.Refused(ConnectProblem.MissingTokenScopes(missing));
        }

        var account = facts.Account;
        return await store.StoreAsync(
            new NewConnection(account.PortalId, account.Name, account.UiDomain)
            {
                TimeZone = account.TimeZone,
                Currency = account.Currency,
                Mode = pasted.Mode,
                AccessToken = pasted.Token,
                RefreshToken = null,
                Scopes = [.. facts.Granted],
                BurstLimit = facts.BurstLimit,
                DailyLimit = facts.DailyLimit,
                ConnectedBy = pasted.UserId,
            },
            cancellationToken);
    }
}
