using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Pipelines;

/// <summary>Pipelines and deals as the sync leaves them.</summary>
internal static class PipelineRows
{
    /// <summary>A sales pipeline of four stages, another one of one, and an owner.</summary>
    public static async Task<Guid> AddPipelinesAsync(this PortalHost portal)
    {
        var connection = await portal.AddConnectionAsync();
        await portal.Database.ExecuteAsync(
            $"""
            update hubspot_connections set currency = 'EUR' where id = '{connection}';
            insert into pipelines (connection_id, id, workspace_id, label, display_order) values
              ('{connection}', 'sales', '{portal.WorkspaceId}', 'Sales', 0),
              ('{connection}', 'renewals', '{portal.WorkspaceId}', 'Renewals', 1);
            insert into stages
                (connection_id, pipeline_id, id, workspace_id, label, display_order, is_closed, probability) values
              ('{connection}', 'sales', 'talk', '{portal.WorkspaceId}', 'Talking', 1, false, 0.2),
              ('{connection}', 'sales', 'offer', '{portal.WorkspaceId}', 'Offer sent', 0, false, 0.5),
              ('{connection}', 'sales', 'won', '{portal.WorkspaceId}', 'Won', 2, true, 1),
              ('{connection}', 'sales', 'lost', '{portal.WorkspaceId}', 'Lost', 3, true, 0),
              ('{connection}', 'renewals', 'due', '{portal.WorkspaceId}', 'Due', 0, false, 0.8);
            insert into owners (connection_id, id, workspace_id, first_name, last_name)
              values ('{connection}', '7', '{portal.WorkspaceId}', 'Olga', 'Owner');
            """);
        return connection;
    }

    /// <param name="closes">In days from now.</param>
    public static async Task<Guid> AddDealAsync(
        this PortalHost portal,
        string name,
        string stage,
        decimal amount,
        int closes = 10,
        string pipeline = "sales",
        string currency = "EUR",
        string? owner = null)
    {
        var id = Guid.NewGuid();
        await portal.Database.ExecuteAsync(
            $"""
            insert into deals (id, workspace_id, name, amount, currency, pipeline_id, stage_id, close_date,
                hubspot_owner_id, source)
              values ('{id}', '{portal.WorkspaceId}', '{name}', {amount}, '{currency}', '{pipeline}', '{stage}',
                now() + interval '{closes} days', {(owner is null ? "null" : $"'{owner}'")}, 'hubspot')
            """);
        return id;
    }
}
