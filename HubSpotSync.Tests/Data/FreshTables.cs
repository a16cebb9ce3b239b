using HubSpotSync.Tests.Infrastructure;

namespace HubSpotSync.Tests.Data;

/// <summary>
/// A connection with some thousand linked customers, in tables that Postgres has not looked at yet and will not look at
/// by itself.
/// </summary>
internal sealed class FreshTables : IAsyncDisposable
{
    public const int Links = 4_000;

    private FreshTables(CrmHost host, Guid connection) => (Host, Connection) = (host, connection);

    public CrmHost Host { get; }

    public TestDatabase Database => Host.Database;

    public Guid Connection { get; }

    public static async Task<FreshTables> StartAsync()
    {
        var host = await CrmHost.StartAsync();
        var connection = await SyncRows.AddConnectionAsync(host.Database, host.WorkspaceId);
        await host.Database.ExecuteAsync(
            $$"""
            alter table record_links set (autovacuum_enabled = off);
            alter table record_outcomes set (autovacuum_enabled = off);
            alter table customers set (autovacuum_enabled = off);
            alter table deals set (autovacuum_enabled = off);
            alter table sync_requests set (autovacuum_enabled = off);
            {{Fill(host.WorkspaceId, connection)}}
            """);
        return new FreshTables(host, connection);
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>
    /// Of a workspace that came after its last look at the tables, where it saw others, Postgres knows as little.
    /// </summary>
    public async Task ComeAsync(bool othersAreKnown)
    {
        if (!othersAreKnown)
        {
            return;
        }

        var other = await Database.ScalarAsync<Guid>(
            "insert into workspaces (id, name) values (gen_random_uuid(), 'Other') returning id");
        var connection = await SyncRows.AddConnectionAsync(Database, other);
        await Database.ExecuteAsync(
            $"delete from record_links; delete from customers; {Fill(other, connection)}; analyze");
        await Database.ExecuteAsync(Fill(Host.WorkspaceId, Connection));
    }

    /// <summary>In all tables, temporary ones too. Sessions tell it when they end.</summary>
    public async Task<long> ScannedAsync()
    {
        Database.CloseSessions();
        await Eventually.SeeAsync(
            () => Database.ScalarAsync<long>(
                "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"),
            others => others == 0,
            TimeSpan.FromSeconds(30),
            "the sessions to end");
        return await Database.ScalarAsync<long>(
            "select tup_returned from pg_stat_database where datname = current_database()");
    }

    private static string Fill(Guid workspace, Guid connection) =>
        $$"""
        insert into customers (id, workspace_id, last_name)
          select gen_random_uuid(), '{{workspace}}', 'Last ' || i from generate_series(1, {{Links}}) i;
        insert into record_links (connection_id, kind, hubspot_id, workspace_id, local_id, ancestor)
          select '{{connection}}', 'Contact', row_number() over (), workspace_id, id, '{}' from customers
            where workspace_id = '{{workspace}}'
        """;
}
