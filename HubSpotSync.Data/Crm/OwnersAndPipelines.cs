using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Data.Crm;

/// <summary>
/// Keeps owners, pipelines and stages as HubSpot has them, under its own ids. What is as before is not written. Whoever
/// lost a run may still be writing when the next one does: both end well.
/// </summary>
public sealed class OwnersAndPipelines(CrmDbContext db)
{
    /// <summary>None is removed: a record may name one that HubSpot has forgotten.</summary>
    /// <param name="owners">Each id once.</param>
    public Task KeepOwnersAsync(
        Guid connectionId, IReadOnlyCollection<Owner> owners, CancellationToken cancellationToken)
    {
        string[] ids = [.. owners.Select(owner => owner.Id)];
        string?[] emails = [.. owners.Select(owner => owner.Email)];
        string?[] firstNames = [.. owners.Select(owner => owner.FirstName)];
        string?[] lastNames = [.. owners.Select(owner => owner.LastName)];
        bool[] archived = [.. owners.Select(owner => owner.IsArchived)];
        return db.Database.ExecuteSqlAsync(
            $"""
            insert into owners as o (connection_id, id, workspace_id, email, first_name, last_name, is_archived)
              select {connectionId}, r.id, {db.WorkspaceId}, r.email, r.first_name, r.last_name, r.is_archived
                from unnest({ids}, {emails}, {firstNames}, {lastNames}, {archived})
                  as r(id, email, first_name, last_name, is_archived)
                order by r.id
              on conflict (connection_id, id) do update
                set email = excluded.email, first_name = excluded.first_name, last_name = excluded.last_name,
                  is_archived = excluded.is_archived
                where (o.email, o.first_name, o.last_name, o.is_archived)
                  is distinct from (excluded.email, excluded.first_name, excluded.last_name, excluded.is_archived)
            """,
            cancellationToken);
    }

    /// <summary>One that HubSpot has no more goes here as well; its deals keep its id.</summary>
    /// <param name="pipelines">All of them.</param>
    /// <param name="stages">All stages of these.</param>
    public Task KeepPipelinesAsync(
        Guid connectionId,
        IReadOnlyCollection<Pipeline> pipelines,
        IReadOnlyCollection<Stage> stages,
        CancellationToken cancellationToken)
    {
        string[] ids = [.. pipelines.Select(pipeline => pipeline.Id)];
        string[] labels = [.. pipelines.Select(pipeline => pipeline.Label)];
        int[] orders = [.. pipelines.Select(pipeline => pipeline.DisplayOrder)];
        string[] ofPipelines = [.. stages.Select(stage => stage.PipelineId)];
        string[] stageIds = [.. stages.Select(stage => stage.Id)];
        string[] stageLabels = [.. stages.Select(stage => stage.Label)];
        int[] stageOrders = [.. stages.Select(stage => stage.DisplayOrder)];
        bool[] closed = [.. stages.Select(stage => stage.IsClosed)];
        decimal[] probabilities = [.. stages.Select(stage => stage.Probability)];
        return db.Database.ExecuteSqlAsync(
            $"""
            with kept as (
              insert into pipelines as p (connection_id, id, workspace_id, label, display_order)
                select {connectionId}, r.id, {db.WorkspaceId}, r.label, r.display_order
                  from unnest({ids}, {labels}, {orders}) as r(id, label, display_order)
                  order by r.id
                on conflict (connection_id, id) do update
                  set label = excluded.label, display_order = excluded.display_order
                  where (p.label, p.display_order) is distinct from (excluded.label, excluded.display_order)),
            read as (
              select * from unnest({ofPipelines}, {stageIds}, {stageLabels}, {stageOrders}, {closed}, {probabilities})
                as r(pipeline_id, id, label, display_order, is_closed, probability)),
            kept_stages as (
              insert into stages as s
                  (connection_id, pipeline_id, id, workspace_id, label, display_order, is_closed, probability)
                select {connectionId}, r.pipeline_id, r.id, {db.WorkspaceId}, r.label, r.display_order, r.is_closed,
                    r.probability
                  from read r order by r.pipeline_id, r.id
                on conflict (connection_id, pipeline_id, id) do update
                  set label = excluded.label, display_order = excluded.display_order,
                    is_closed = excluded.is_closed, probability = excluded.probability
                  where (s.label, s.display_order, s.is_closed, s.probability) is distinct from
                    (excluded.label, excluded.display_order, excluded.is_closed, excluded.probability)),
            gone as (
              delete from stages s where s.connection_id = {connectionId}
                and not exists (select from read r where (r.pipeline_id, r.id) = (s.pipeline_id, s.id)))
            delete from pipelines where connection_id = {connectionId} and id <> all({ids})
            """,
            cancellationToken);
    }
}
