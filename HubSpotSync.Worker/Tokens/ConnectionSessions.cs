using HubSpotSync.Data.Connections;
using HubSpotSync.HubSpotApi;
using HubSpotSync.HubSpotApi.Limits;

namespace HubSpotSync.Worker.Tokens;

/// <summary>Opens sessions to HubSpot for connections.</summary>
public sealed class ConnectionSessions(IServiceScopeFactory scopes, TokenVault vault, TimeProvider clock)
{
    public HubSpotSession Open(
        HubSpotConnection connection, BudgetLane lane, Func<WaitReason?, TimeSpan, Task>? onWait = null) =>
        new(
            connection.HubId,
            new ConnectionTokens(connection.WorkspaceId, connection.Id, scopes, vault, clock),
            lane,
            onWait)
        {
            BurstLimit = connection.BurstLimit,
        };
}
