using System.Security.Cryptography;
using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.HubSpotApi;
using HubSpotSync.HubSpotApi.OAuth;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Worker.Tokens;

/// <summary>
/// The tokens of one connection, from the database. However many workers find an old token at the same moment, one of
/// them asks HubSpot for a new one (a short lease on the row decides which) and the others use what it brought.
/// </summary>
internal sealed class ConnectionTokens(
    Guid workspaceId, Guid connectionId, IServiceScopeFactory scopes, TokenVault vault, TimeProvider clock)
    : IAccessTokens
{
    private static readonly TimeSpan EarlyBy = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan RefreshLease = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);

    private (string Token, DateTimeOffset ExpiresAt)? _known;

    public async Task<string> GetAsync(CancellationToken cancellationToken) =>
        _known is { } known && known.ExpiresAt > clock.GetUtcNow() + EarlyBy
            ? known.Token
            : await FindAsync(refused: null, cancellationToken);

    public Task<string> ReplaceAsync(string refused, CancellationToken cancellationToken) =>
        FindAsync(refused, cancellationToken);

    private async Task<string> FindAsync(string? refused, CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
            db.EnterWorkspace(workspaceId, "engine");
            var connection = await db.Connections.SingleAsync(one => one.Id == connectionId, cancellationToken);
            if (Usable(connection, refused) is { } token)
            {
                return token;
            }

            if (await TakeRefreshAsync(db, cancellationToken))
            {
                var oauth = scope.ServiceProvider.GetRequiredService<HubSpotOAuth>();
                return await RefreshAsync(db, oauth, connection, refused, cancellationToken);
            }

            await Task.Delay(LookAgain, clock, cancellationToken);
        }
    }

    private string Read(HubSpotConnection connection, string protectedToken)
    {
        try
        {
            return vault.Unprotect(connection, protectedToken);
        }
        catch (CryptographicException lost)
        {
            throw new UnreadableTokensException(lost);
        }
    }

    /// <returns>The stored token, or <c>null</c> where it is the refused one or ends soon.</returns>
    private string? Usable(HubSpotConnection connection, string? refused)
    {
        if (connection is { AccessToken: null } or { State: ConnectionState.Disconnected }
            or { Access: ConnectionAccess.OAuth, RefreshToken: null })
        {
            throw new OAuthException(System.Net.HttpStatusCode.BadRequest, "BAD_REFRESH_TOKEN");
        }

        var token = Read(connection, connection.AccessToken);
        if (connection.Access == ConnectionAccess.Token)
        {
            // Nothing brings another one than a person; who pasted one meanwhile has brought it.
            _known = token == refused ? throw new PastedTokenException() : (token, DateTimeOffset.MaxValue);
            return token;
        }

        if (token == refused
            || connection.TokenExpiresAt is not { } expiresAt
            || expiresAt <= clock.GetUtcNow() + EarlyBy)
        {
            return null;
        }

        _known = (token, expiresAt);
        return token;
    }

    private async Task<bool> TakeRefreshAsync(CrmDbContext db, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            update hubspot_connections set token_lease_until = now() + {RefreshLease}
              where id = {connectionId} and (token_lease_until is null or token_lease_until < now())
            """,
            cancellationToken) == 1;

    private async Task<string> RefreshAsync(
        CrmDbContext db,
        HubSpotOAuth oauth,
        HubSpotConnection connection,
        string? refused,
        CancellationToken cancellationToken)
    {
        try
        {
            // Read again under the lease: the one who held it before may have brought new ones.
            await db.Entry(connection).ReloadAsync(cancellationToken);
            if (Usable(connection, refused) is { } brought)
            {
                return brought;
            }

            var refreshToken = Read(connection, connection.RefreshToken!); // checked just before
            var tokens = await oauth.RefreshAsync(refreshToken, cancellationToken);
            connection.AccessToken = vault.Protect(connection, tokens.AccessToken);
            connection.RefreshToken = vault.Protect(connection, tokens.RefreshToken);
            connection.TokenExpiresAt = clock.GetUtcNow() + tokens.ExpiresIn;
            _known = (tokens.AccessToken, connection.TokenExpiresAt.Value);
            return tokens.AccessToken;
        }
        finally
        {
            connection.TokenLeaseUntil = null;
            await db.SaveChangesAsync(CancellationToken.None);
        }
    }
}
