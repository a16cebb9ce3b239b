using HubSpotSync.Data;
using HubSpotSync.Data.Crm;
using HubSpotSync.HubSpotApi;
using HubSpotSync.HubSpotApi.Structure;
using HubSpotSync.Worker.Syncing;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Worker.Reconcile;

/// <summary>Owners, pipelines and stages: small, read whole, kept under HubSpot's own ids.</summary>
internal sealed class StructureSync(CrmDbContext db, AccountStructure structure)
{
    /// <summary>Owners are never removed: a record may name one that HubSpot has forgotten.</summary>
    /// <param name="withArchived">Those who left as well; a record may still name them.</param>
    public async Task SyncOwnersAsync(
        Guid connectionId, HubSpotSession session, bool withArchived, CancellationToken cancellationToken)
    {
        var known = await db.Owners
            .Where(owner => owner.ConnectionId == connectionId)
            .ToDictionaryAsync(owner => owner.Id, cancellationToken);
        var owners = await structure.ReadOwnersAsync(session, withArchived, cancellationToken);
        foreach (var read in owners.DistinctBy(owner => owner.Id))
        {
            if (!known.TryGetValue(read.Id, out var owner))
            {
                owner = new Owner { ConnectionId = connectionId, Id = read.Id, WorkspaceId = db.WorkspaceId };
                db.Owners.Add(owner);
            }

            (owner.Email, owner.FirstName, owner.LastName, owner.IsArchived) =
                (read.Email, read.FirstName, read.LastName, read.IsArchived);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>
    /// Makes our own unique property, which pushes need, where it is not there yet. Where HubSpot does not let us,
    /// that is remembered: new contacts are then made in a way that is harder to repeat.
    /// </summary>
    public async Task EnsureOwnIdPropertyAsync(SyncContext context, CancellationToken cancellationToken)
    {
        context.HasOwnId = await structure.EnsureOwnIdPropertyAsync(context.Session, cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            update hubspot_connections set own_id_missing_since = case when {context.HasOwnId} then null else now() end
              where id = {context.ConnectionId} and (own_id_missing_since is null) <> {context.HasOwnId}
            """,
            cancellationToken);
    }

    public async Task SyncPipelinesAsync(Guid connectionId, HubSpotSession session, CancellationToken cancellationToken)
    {
        var read = await structure.ReadDealPipelinesAsync(session, cancellationToken);
        var pipelines = await db.Pipelines
            .Where(one => one.ConnectionId == connectionId)
            .ToDictionaryAsync(one => one.Id, cancellationToken);
        var stages = await db.Stages
            .Where(one => one.ConnectionId == connectionId)
            .ToDictionaryAsync(one => (one.PipelineId, one.Id), cancellationToken);
        foreach (var pipeline in read)
        {
            if (!pipelines.Remove(pipeline.Id, out var row))
            {
                db.Pipelines.Add(row = new Pipeline
                {
                    ConnectionId = connectionId, Id = pipeline.Id, WorkspaceId = db.WorkspaceId, Label = pipeline.Label,
                });
            }

            (row.Label, row.DisplayOrder) = (pipeline.Label, pipeline.DisplayOrder);
            foreach (var stage in pipeline.Stages)
            {
                if (!stages.Remove((pipeline.Id, stage.Id), out var stageRow))
                {
                    db.Stages.Add(stageRow = new Stage
                    {
                        ConnectionId = connectionId,
                        PipelineId = pipeline.Id,
                        Id = stage.Id,
                        WorkspaceId = db.WorkspaceId,
                        Label = stage.Label,
                    });
                }

                (stageRow.Label, stageRow.DisplayOrder, stageRow.IsClosed, stageRow.Probability) =
                    (stage.Label, stage.DisplayOrder, stage.IsClosed, stage.Probability);
            }
        }

        db.Stages.RemoveRange(stages.Values);
        db.Pipelines.RemoveRange(pipelines.Values);
        await db.SaveChangesAsync(cancellationToken);
    }
}
