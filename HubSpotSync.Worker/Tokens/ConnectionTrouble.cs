using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.HubSpotApi.Errors;
using HubSpotSync.HubSpotApi.OAuth;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Worker.Tokens;

/// <summary>Errors that only a person can end, by connecting HubSpot again.</summary>
internal static class ConnectionTrouble
{
    /// <summary>
    /// Why the connection is of no use any more, for people; <c>null</c> where the error is of another kind.
    /// </summary>
    public static string? ReasonOf(Exception error) => error switch
    {
        HubSpotAuthorizationException { MissingScopes.Count: > 0 } denied =>
            $"HubSpot says a permission is missing: {string.Join(", ", denied.MissingScopes)}. Allow it when you "
            + "reconnect, as a super admin of the HubSpot account.",
        HubSpotAuthorizationException { Status: System.Net.HttpStatusCode.Forbidden } =>
            "HubSpot says a permission is missing. Allow all that is asked when you reconnect, as a super admin of the "
            + "HubSpot account.",
        HubSpotAuthorizationException => "HubSpot no longer accepts our connection.",
        OAuthException { IsRevoked: true } =>
            "HubSpot no longer accepts our connection: access was revoked, or the app was uninstalled.",
        OAuthException refused => $"HubSpot does not accept this installation's app credentials ({refused.Reason}).",
        PastedTokenException =>
            "HubSpot no longer accepts the token that was pasted here: it was deleted or rotated in HubSpot.",
        UnreadableTokensException => "Our copy of HubSpot's tokens can't be read: the key ring's secret has changed.",
        _ => null,
    };

    /// <summary>
    /// Says so on the connection. Runs of it wait from then on. Work that began before somebody reconnected was refused
    /// for its old tokens and says nothing of the new ones; nor does it bring back what is being disconnected.
    /// </summary>
    /// <param name="workBegan">By the clock that gives <see cref="HubSpotConnection.ConnectedAt"/>.</param>
    public static Task MarkAsync(
        CrmDbContext db, Guid connectionId, string reason, DateTimeOffset workBegan, DateTimeOffset now) =>
        db.Connections
            .Where(one => one.Id == connectionId && one.State == ConnectionState.Connected
                && !(one.ConnectedAt > workBegan))
            .ExecuteUpdateAsync(
                to => to.SetProperty(one => one.State, ConnectionState.NeedsReconnection)
                    .SetProperty(one => one.StateReason, reason)
                    .SetProperty(one => one.StateSince, now),
                CancellationToken.None);
}
