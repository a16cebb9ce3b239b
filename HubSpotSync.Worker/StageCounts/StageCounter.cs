using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Identity;
using HubSpotSync.HubSpotApi.Limits;
using HubSpotSync.HubSpotApi.Objects;
using HubSpotSync.HubSpotApi.Structure;
using HubSpotSync.Worker.Tokens;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Worker.StageCounts;

/// <summary>
/// Counts an account's contacts by lifecycle stage, so that the page can say what a filter would bring without asking
/// HubSpot on every click: the count of any choice is a sum.
/// </summary>
internal sealed class StageCounter(
    CrmDbContext db, ConnectionSessions sessions, AccountStructure structure, ObjectSearch objects, TimeProvider clock)
{
    private const string Property = "lifecyclestage";

    public async Task CountAsync(WorkspaceConnection which, CancellationToken cancellationToken)
    {
        db.EnterWorkspace(which.WorkspaceId, "engine");
        var connection = await db.Connections.SingleAsync(one => one.Id == which.ConnectionId, cancellationToken);
        var session = sessions.Open(connection, BudgetLane.Person);
        var startedAt = clock.GetUtcNow();
        var options = new List<StageOption>();
        foreach (var stage in await structure.ReadLifecycleStagesAsync(session, cancellationToken))
        {
            var contacts = await objects.CountAsync(
                session, RecordKind.Contact, Property, stage.Value, cancellationToken);
            options.Add(new StageOption(stage.Value, stage.Label, contacts));
        }

        var without = await objects.CountAsync(session, RecordKind.Contact, Property, null, cancellationToken);
        options.Add(new StageOption("", "No stage", without));
        connection.StageOptions = options;
        connection.StagesCountedAt = startedAt;
        await db.SaveChangesAsync(cancellationToken);
    }
}
