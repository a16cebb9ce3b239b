using HubSpotSync.Data;
using HubSpotSync.Data.Crm;
using HubSpotSync.HubSpotApi;
using HubSpotSync.HubSpotApi.Structure;
using HubSpotSync.Worker.Syncing;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Worker.Reconcile;

/// <summary>Owners, pipelines and stages: small, read whole.</summary>
internal sealed class StructureSync(CrmDbContext db, AccountStructure structure, OwnersAndPipelines here)
{
    /// <param name="withArchived">Those who left as well; a record may still name them.</param>
    public async Task SyncOwnersAsync(
        Guid connectionId, HubSpotSession session, bool withArchived, CancellationToken cancellationToken)
    {
        var read = await structure.ReadOwnersAsync(session, withArchived, cancellationToken);
        List<Owner> owners =
        [
            .. read.DistinctBy(owner => owner.Id).Select(owner => new Owner
            {
                Id = owner.Id,
                Email = owner.Email,
                FirstName = owner.FirstName,
                LastName = owner.LastName,
                IsArchived = owner.IsArchived,
            }),
        ];
        await here.KeepOwnersAsync(connectionId, owners, cancellationToken);
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
        List<Pipeline> pipelines =
        [
            .. read.Select(pipeline => new Pipeline
            {
                Id = pipeline.Id, Label = pipeline.Label, DisplayOrder = pipeline.DisplayOrder,
            }),
        ];
        List<Stage> stages =
        [
            .. from pipeline in read
               from stage in pipeline.Stages
               select new Stage
               {
                   PipelineId = pipeline.Id,
                   Id = stage.Id,
                   Label = stage.Label,
                   DisplayOrder = stage.DisplayOrder,
                   IsClosed = stage.IsClosed,
                   Probability = stage.Probability,
               },
        ];
        await here.KeepPipelinesAsync(connectionId, pipelines, stages, cancellationToken);
    }
}
