using HubSpotSync.Data.Runs;

namespace HubSpotSync.Tests.Portal.Hosting;

/// <summary>Rows as the worker leaves them, put there by SQL.</summary>
internal static class Rows
{
    public const string Stages =
        """[{"value":"lead","label":"Lead","contacts":30},"""
        + """{"value":"customer","label":"Customer","contacts":12},"""
        + """{"value":"subscriber","label":"Subscriber","contacts":8},"""
        + """{"value":"","label":"","contacts":5}]""";

    public static async Task<Guid> AddWorkspaceAsync(this PortalHost portal, string name)
    {
        var id = Guid.NewGuid();
        await portal.Database.ExecuteAsync($"insert into workspaces (id, name) values ('{id}', '{name}')");
        return id;
    }

    /// <summary>A connected account whose contacts were counted.</summary>
    public static async Task<Guid> AddConnectionAsync(
        this PortalHost portal,
        Guid? workspaceId = null,
        long hubId = 4711)
    {
        var id = Guid.NewGuid();
        await portal.Database.ExecuteAsync(
            $"""
            insert into hubspot_connections (id, workspace_id, hub_id, account_name, ui_domain, mode, state,
              stage_options, stages_counted_at, count_requested_at)
            values ('{id}', '{workspaceId ?? portal.WorkspaceId}', {hubId}, 'Northwind', 'app.hubspot.com',
              'TwoWay', 'Connected', '{Stages}', now(), now() - interval '5 seconds')
            """);
        return id;
    }

    public static async Task<Guid> AddRunAsync(
        this PortalHost portal,
        Guid connectionId,
        RunState state = RunState.Running,
        int? total = 100,
        int processed = 0)
    {
        var id = Guid.NewGuid();
        var amount = total is null ? "null" : $"{total}";
        await portal.Database.ExecuteAsync(
            $"""
            insert into sync_runs (id, workspace_id, connection_id, trigger, state, step, started_at, total, processed)
            select '{id}', workspace_id, id, 'Manual', '{state}', 'Contacts', now(), {amount}, {processed}
              from hubspot_connections where id = '{connectionId}'
            """);
        return id;
    }

    public static async Task<Guid> AddCustomerAsync(
        this PortalHost portal,
        string? first,
        string? last,
        string? email,
        string? stage = null,
        Guid? workspaceId = null)
    {
        var id = Guid.NewGuid();
        if (email is not null)
        {
            portal.Secrets.Add(email);
        }

        await portal.Database.ExecuteAsync(
            $"""
            insert into customers (id, workspace_id, first_name, last_name, email, lifecycle_stage)
            values ('{id}', '{workspaceId ?? portal.WorkspaceId}',
              {Text(first)}, {Text(last)}, {Text(email)}, {Text(stage)})
            """);
        return id;
    }

    public static async Task<Guid> AddCompanyAsync(
        this PortalHost portal,
        string name,
        string domain,
        Guid? workspaceId = null)
    {
        var id = Guid.NewGuid();
        await portal.Database.ExecuteAsync(
            $"""
            insert into companies (id, workspace_id, name, domain)
            values ('{id}', '{workspaceId ?? portal.WorkspaceId}', {Text(name)}, {Text(domain)})
            """);
        return id;
    }

    public static Task AddLinkAsync(
        this PortalHost portal,
        Guid connectionId,
        string kind,
        Guid localId,
        long hubSpotId) =>
        portal.Database.ExecuteAsync(
            $$"""
            insert into record_links (connection_id, kind, hubspot_id, workspace_id, local_id, ancestor)
            select id, '{{kind}}', {{hubSpotId}}, workspace_id, '{{localId}}', '{}'
            from hubspot_connections where id = '{{connectionId}}'
            """);

    private static string Text(string? value) =>
        value is null ? "null" : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
