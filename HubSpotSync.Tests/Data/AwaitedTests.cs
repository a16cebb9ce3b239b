using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Bulk;
using HubSpotSync.Data.Journal;
using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.Infrastructure;
using Npgsql;

namespace HubSpotSync.Tests.Data;

/// <summary>Whom a deal names, and who comes while it is written.</summary>
public sealed class AwaitedTests : IAsyncLifetime
{
    private const string Worker = "this worker";
    private const int Buyer = 7;

    private CrmHost _host = null!; // xunit initialises it before the test

    public async ValueTask InitializeAsync() => _host = await CrmHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Who_comes_between_two_statements_is_not_lost()
    {
        var connection = await SyncRows.AddConnectionAsync(_host.Database, _host.WorkspaceId);
        var run = await SyncRows.AddRunAsync(_host.Database, _host.WorkspaceId, connection);
        var deal = Guid.NewGuid();
        await _host.Database.ExecuteAsync(
            $$"""
            update sync_runs set state = 'Running', lease_owner = '{{Worker}}';
            insert into deals (id, workspace_id, name) values ('{{deal}}', '{{_host.WorkspaceId}}', 'Deal');
            insert into record_links (connection_id, kind, hubspot_id, workspace_id, local_id, ancestor)
              values ('{{connection}}', 'Deal', 1, '{{_host.WorkspaceId}}', '{{deal}}', '{}');
            create function waits() returns trigger language plpgsql as
              $$ begin perform pg_advisory_xact_lock(1); return null; end $$;
            create trigger waits after insert on deal_customers for each statement execute function waits()
            """);
        await using var other = new NpgsqlConnection(_host.Database.OwnerConnectionString);
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using var coming = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var come = new NpgsqlCommand(
            $$"""
            select pg_advisory_xact_lock(1);
            with buyer as (insert into customers (id, workspace_id, last_name)
              values (gen_random_uuid(), '{{_host.WorkspaceId}}', 'Buyer') returning id)
            insert into record_links (connection_id, kind, hubspot_id, workspace_id, local_id, ancestor)
              select '{{connection}}', 'Contact', {{Buyer}}, '{{_host.WorkspaceId}}', id, '{}' from buyer
            """,
            other);
        await come.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var writing = WriteAsync(connection, run, deal);
        await _host.Database.SeeLockWaitAsync("the deal to be beyond its people");
        await coming.CommitAsync(TestContext.Current.CancellationToken);
        await writing;

        Assert.Equal(
            ["h1"], await _host.Database.ListAsync<string>("select record_key from sync_requests where kind = 'Deal'"));
    }

    private Task<IReadOnlySet<Guid>> WriteAsync(Guid connection, Guid run, Guid deal) => _host.QueryAsync(
        db => new PageWriter(db).WriteAsync(
            connection,
            RecordTable.Of(StandardFields.Deals),
            [
                new PageRow
                {
                    HubSpotId = 1,
                    LocalId = deal,
                    KnowsPeople = true,
                    ContactHubSpotIds = [Buyer],
                    State = OutcomeState.InSync,
                    Reason = OutcomeReason.Agreed,
                },
            ],
            new PageProgress(run, Worker, 0, TimeSpan.FromMinutes(1), RunStep.Deals, "next", false),
            false,
            Task.CompletedTask,
            TestContext.Current.CancellationToken));
}
