using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Crm;
using HubSpotSync.Portal.Customers;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Pipelines;

/// <summary>HubSpot's pipelines with their stages in HubSpot's order, and who may own a deal.</summary>
internal sealed record PipelineMap(
    Guid ConnectionId,
    IReadOnlyList<Pipeline> Pipelines,
    ILookup<string, Stage> Stages,
    IReadOnlyDictionary<string, string> Owners)
{
    public Pipeline? First => Pipelines is [var first, ..] ? first : null;

    public Pipeline? Find(string? id) => Pipelines.FirstOrDefault(pipeline => pipeline.Id == id);

    public Stage? StageOf(string? pipelineId, string? stageId) =>
        pipelineId is null ? null : Stages[pipelineId].FirstOrDefault(stage => stage.Id == stageId);

    public string OwnerOf(string? id) => id is null ? "Nobody" : Owners.GetValueOrDefault(id) ?? $"HubSpot user {id}";
}

/// <summary>Reads what HubSpot said of its pipelines, and keeps it after a disconnect.</summary>
internal sealed class PipelineStages(CrmDbContext db)
{
    private PipelineMap? _map;

    public async Task<PipelineMap> ReadAsync(CancellationToken cancellationToken)
    {
        if (_map is not null)
        {
            return _map;
        }

        var connection = await db.Connections.AsNoTracking()
            .OrderBy(row => row.State == ConnectionState.Disconnected).ThenByDescending(row => row.StateSince)
            .Select(row => row.Id)
            .FirstOrDefaultAsync(cancellationToken);
        var pipelines = await db.Pipelines.AsNoTracking().Where(pipeline => pipeline.ConnectionId == connection)
            .OrderBy(pipeline => pipeline.DisplayOrder).ThenBy(pipeline => pipeline.Id)
            .ToListAsync(cancellationToken);
        var stages = await db.Stages.AsNoTracking().Where(stage => stage.ConnectionId == connection)
            .OrderBy(stage => stage.DisplayOrder).ThenBy(stage => stage.Id)
            .ToListAsync(cancellationToken);
        var owners = await db.Owners.AsNoTracking().Where(owner => owner.ConnectionId == connection)
            .ToListAsync(cancellationToken);
        return _map = new PipelineMap(
            connection,
            pipelines,
            stages.ToLookup(stage => stage.PipelineId),
            owners.ToDictionary(
                owner => owner.Id,
                owner => CustomerNames.Of(owner.FirstName, owner.LastName, owner.Email, null)
                    + (owner.IsArchived ? " (left)" : "")));
    }
}
