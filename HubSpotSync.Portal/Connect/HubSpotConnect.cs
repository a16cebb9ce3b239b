using HubSpotSync.Core.Planning;
using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Runs;
using HubSpotSync.HubSpotApi.Errors;
using HubSpotSync.HubSpotApi.OAuth;
using HubSpotSync.Portal.Access;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Connect;

/// <summary>The consent that came back: who gave it, for which mode, and the code to exchange.</summary>
internal sealed record Consent(Guid UserId, SyncMode Mode, string Code, Uri RedirectUri);

/// <summary>Turns a consent into a connection: tokens, the account behind them, one row.</summary>
internal sealed class HubSpotConnect(
    HubSpotOAuth oauth, CrmDbContext db, ConnectionRegistry registry, AuditLog audit, TimeProvider clock)
{
    /// <returns><c>null</c>: connected. Else why not, and nothing was stored.</returns>
    public async Task<ConnectProblem?> CompleteAsync(Consent consent, CancellationToken cancellationToken)
    {
        OAuthTokens tokens;
        AccountDetails account;
        try
        {
            tokens = await oauth.ExchangeAsync(consent.Code, consent.RedirectUri, cancellationToken);
            var missing = HubSpotScopes.Required(consent.Mode).Except(tokens.Scopes, StringComparer.Ordinal).ToList();
            if (missing.Count > 0)
            {
                return ConnectProblem.MissingScopes(missing);
            }

            account = await oauth.ReadAccountAsync(tokens.AccessToken, cancellationToken);
        }
        catch (OAuthException refused)
        {
            return ConnectProblem.OfToken(refused.Reason);
        }
        catch (HubSpotException error)
        {
            return error is HubSpotUnavailableException or HubSpotRateLimitedException
                ? ConnectProblem.Unreachable
                : ConnectProblem.OfToken(error.Category);
        }

        return await StoreAsync(consent, tokens, account, cancellationToken);
    }

    private async Task<ConnectProblem?> StoreAsync(
        Consent consent, OAuthTokens tokens, AccountDetails account, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Two who connect at once go one after the other, so that there is never a second account.
        await db.Database.ExecuteSqlAsync(
            $"select 1 from workspaces where id = {db.WorkspaceId} for update", cancellationToken);
        if (await registry.FindOtherAsync(account.PortalId, cancellationToken) is { } other)
        {
            return ConnectProblem.OtherAccount(
                $"{other.AccountName} ({other.HubId})", $"{account.Name} ({account.PortalId})");
        }

        var isNew = !await db.Connections.AnyAsync(row => row.HubId == account.PortalId, cancellationToken);
        audit.Add(
            consent.UserId,
            isNew ? "hubspot.connected" : "hubspot.reconnected",
            subject: $"hub {account.PortalId}",
            after: new { account.PortalId, mode = consent.Mode.ToString(), tokens.Scopes });
        var made = new NewConnection(account.PortalId, account.Name, account.UiDomain)
        {
            TimeZone = account.TimeZone,
            Currency = account.Currency,
            Mode = consent.Mode,
            AccessToken = tokens.AccessToken,
            RefreshToken = tokens.RefreshToken,
            ExpiresIn = tokens.ExpiresIn,
            Scopes = [.. tokens.Scopes],
            ConnectedBy = consent.UserId,
        };
        var connection = await registry.ConnectAsync(made, cancellationToken);
        await WakeWaitingRunAsync(connection.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    // A run that waited for the connection goes on at once.
    private Task<int> WakeWaitingRunAsync(Guid connectionId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return db.Runs
            .Where(run => run.ConnectionId == connectionId
                && (run.State == RunState.Waiting || run.State == RunState.Running))
            .ExecuteUpdateAsync(
                set => set.SetProperty(run => run.DueAt, now)
                    .SetProperty(run => run.WaitReason, (string?)null)
                    .SetProperty(run => run.WaitUntil, (DateTimeOffset?)null),
                cancellationToken);
    }
}
