using HubSpotSync.Data.Connections;
using HubSpotSync.HubSpotApi;
using HubSpotSync.HubSpotApi.Limits;
using HubSpotSync.Worker.Health;

namespace HubSpotSync.Worker.Tokens;

/// <summary>Opens sessions to HubSpot for connections.</summary>
public sealed class ConnectionSessions(
    IServiceScopeFactory scopes, TokenVault vault, UsageBook usage, TimeProvider clock)
{
    public HubSpotSession Open(
        HubSpotConnection connection, BudgetLane lane, Func<WaitReason?, TimeSpan, Task>? onWait = null) =>
        new(
            connection.HubId,
            new ConnectionTokens(connection.WorkspaceId, connection.Id, scopes, vault, clock),
            lane,
            onWait)
        {
            OnAnswer = status => usage.Note(connection.WorkspaceId, connection.Id, lane, status),
            OnDay = use => usage.NoteDay(connection.WorkspaceId, connection.Id, new DayNote(use, clock.GetUtcNow())),
            BurstLimit = connection.BurstLimit,
        };
}
