using System.Collections.Immutable;
using System.Globalization;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Bulk;
using HubSpotSync.Data.Journal;
using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Tests.Data;

/// <summary>
/// While Postgres knows nothing of a table yet, as in the first minute of a first import, it takes the links of a whole
/// connection for one row. Counted by the rows that it goes through, not by seconds.
/// </summary>
public sealed class FreshTableTests : IAsyncLifetime
{
    private const string Worker = "this worker";
    private const int Links = 4_000;
    private const int PageSize = 100;
    private static readonly RecordTable Contacts = RecordTable.Of(StandardFields.Contacts);

    private CrmHost _host = null!; // xunit initialises it before the test
    private Guid _connection;

    public async ValueTask InitializeAsync()
    {
        _host = await CrmHost.StartAsync();
        _connection = await SyncRows.AddConnectionAsync(_host.Database, _host.WorkspaceId);
        await _host.Database.ExecuteAsync(
            $$"""
            alter table record_links set (autovacuum_enabled = off);
            alter table record_outcomes set (autovacuum_enabled = off);
            alter table customers set (autovacuum_enabled = off);
            alter table deals set (autovacuum_enabled = off);
            {{Fill(_host.WorkspaceId, _connection)}}
            """);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_is_not_linked_is_found_without_going_through_all_links_for_each(bool othersAreKnown)
    {
        await ComeAsync(othersAreKnown);
        var before = await ScannedAsync();

        var unlinked = await _host.QueryAsync(db => new LocalRecords(db, TimeProvider.System).ReadUnlinkedAsync(
            _connection, Contacts, Guid.Empty, PageSize, false, TestContext.Current.CancellationToken));

        Assert.Empty(unlinked);
        Assert.InRange(await ScannedAsync() - before, Links, 20 * Links);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_is_not_linked_is_counted_in_one_go(bool othersAreKnown)
    {
        await ComeAsync(othersAreKnown);
        var before = await ScannedAsync();

        var unlinked = await _host.QueryAsync(db => new LocalRecords(db, TimeProvider.System).CountUnlinkedAsync(
            _connection, TestContext.Current.CancellationToken));

        Assert.Equal(0, unlinked);
        Assert.InRange(await ScannedAsync() - before, Links, 20 * Links);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_page_is_written_without_going_through_itself_for_each_link(bool othersAreKnown)
    {
        await ComeAsync(othersAreKnown);

        Assert.InRange(await WriteAsync(Contacts, RunStep.Contacts, await PageAsync()), 0, 20 * Links);
    }

    /// <summary>Only those whom it names are looked up, and in a fresh table all links once a statement.</summary>
    [Theory]
    [InlineData(false, 5 * Links)]
    [InlineData(true, Links)]
    public async Task Deals_that_come_are_written_without_going_through_the_links_for_each(bool isKnown, int most)
    {
        var deals = RecordTable.Of(StandardFields.Deals);
        if (isKnown)
        {
            await _host.Database.ExecuteAsync("analyze");
        }

        List<PageRow> page =
        [
            .. Enumerable.Range(1, PageSize).Select(id => new PageRow
            {
                HubSpotId = id,
                LocalId = Guid.CreateVersion7(),
                Write = LocalWrite.Create,
                IsNewLink = true,
                Values = ImmutableArray.CreateRange(new string?[deals.Map.Fields.Length]),
                Ancestor = ImmutableArray.CreateRange(new string?[deals.Map.Fields.Length]),
                KnowsCompany = true,
                KnowsPeople = true,
                ContactHubSpotIds = [id],
                State = OutcomeState.InSync,
                Reason = OutcomeReason.Agreed,
            }),
        ];

        var before = await LinksReadAsync();
        await WriteAsync(deals, RunStep.Deals, page);

        Assert.InRange(await LinksReadAsync() - before, PageSize, most);
        Assert.Equal(PageSize, await _host.Database.ScalarAsync<long>("select count(*) from deal_customers"));
    }

    [Fact]
    public async Task A_claim_goes_through_no_more_of_the_queue_than_it_takes()
    {
        await FillQueueAsync();
        var before = await ScannedAsync();

        var claimed = await ClaimAsync();

        Assert.Equal(PageSize, claimed.Count);
        Assert.InRange(await ScannedAsync() - before, PageSize, Links - 1);
    }

    [Theory]
    [InlineData("answer_sync_requests", "array_fill(1::bigint, array[100])", Links - PageSize, 0)]
    [InlineData("return_sync_requests", "interval '1 minute', 'HubSpot is away.', false, false", Links, 0)]
    [InlineData("gather_sync_requests", "interval '1 minute'", Links, 0)]
    [InlineData("renew_sync_requests", "interval '1 minute'", Links, PageSize)]
    public async Task A_claim_ends_without_going_through_the_queue(string function, string values, int left, int held)
    {
        await FillQueueAsync();
        var claimed = string.Join(',', await ClaimAsync());
        var before = await ScannedAsync();

        await _host.Database.ExecuteAsync(
            $"select {function}('{_connection}', 'Contact', '{Worker}', '{{{claimed}}}', {values})");

        Assert.InRange(await ScannedAsync() - before, PageSize, Links - 1);
        Assert.Equal(left, await _host.Database.ScalarAsync<long>("select count(*) from sync_requests"));
        Assert.Equal(held, await _host.Database.ScalarAsync<long>(
            $"select count(*) from sync_requests where lease_owner = '{Worker}'"));
    }

    [Fact]
    public async Task What_waits_already_is_found_without_going_through_the_queue()
    {
        await FillQueueAsync();
        var before = await ScannedAsync();

        var waiting = await _host.Database.ScalarAsync<long>(
            $"""
            select count(*) from untaken_requests('{_connection}', array_fill('Contact'::text, array[{PageSize}]),
              (select array_agg(i::bigint) from generate_series(1, {PageSize}) i))
            """);

        Assert.Equal(PageSize, waiting);
        Assert.InRange(await ScannedAsync() - before, PageSize, Links - 1);
    }

    [Fact]
    public async Task What_has_grown_is_analyzed_at_once_and_what_has_not_is_left_alone()
    {
        await ScannedAsync(); // the sessions have told what they wrote
        Assert.NotEqual(Links, await KnownAsync());

        await RefreshAsync();

        Assert.Equal(Links, await KnownAsync());
        await _host.Database.ExecuteAsync("delete from record_links where hubspot_id = 1");
        await ScannedAsync();
        await RefreshAsync();
        Assert.Equal(Links, await KnownAsync());
    }

    /// <summary>With others it has less than tripled the tables.</summary>
    [Fact]
    public async Task A_workspace_that_Postgres_does_not_know_is_looked_at_once()
    {
        await ComeAsync(othersAreKnown: true);
        await ScannedAsync(); // the sessions have told what they wrote
        Assert.Equal(Links, await KnownAsync());

        await RefreshAsync();
        Assert.Equal(2 * Links, await KnownAsync());

        await _host.Database.ExecuteAsync("delete from record_links where hubspot_id <= 600");
        await ScannedAsync();
        await RefreshAsync();
        Assert.Equal(2 * Links, await KnownAsync());
    }

    /// <summary>
    /// Of a workspace that came after its last look at the tables, where it saw others, Postgres knows as little.
    /// </summary>
    private async Task ComeAsync(bool othersAreKnown)
    {
        if (!othersAreKnown)
        {
            return;
        }

        var other = await _host.Database.ScalarAsync<Guid>(
            "insert into workspaces (id, name) values (gen_random_uuid(), 'Other') returning id");
        var connection = await SyncRows.AddConnectionAsync(_host.Database, other);
        await _host.Database.ExecuteAsync(
            $"delete from record_links; delete from customers; {Fill(other, connection)}; analyze");
        await _host.Database.ExecuteAsync(Fill(_host.WorkspaceId, _connection));
    }

    private static string Fill(Guid workspace, Guid connection) =>
        $$"""
        insert into customers (id, workspace_id, last_name)
          select gen_random_uuid(), '{{workspace}}', 'Last ' || i from generate_series(1, {{Links}}) i;
        insert into record_links (connection_id, kind, hubspot_id, workspace_id, local_id, ancestor)
          select '{{connection}}', 'Contact', row_number() over (), workspace_id, id, '{}' from customers
            where workspace_id = '{{workspace}}'
        """;

    private Task FillQueueAsync() => _host.Database.ExecuteAsync(
        """
        alter table sync_requests set (autovacuum_enabled = off);
        update hubspot_connections set first_run_done_at = now();
        insert into sync_requests (connection_id, kind, record_key, workspace_id, hubspot_id)
          select connection_id, kind, 'h' || hubspot_id, workspace_id, hubspot_id from record_links;
        """);

    /// <returns>The keys of a page of it.</returns>
    private Task<List<string>> ClaimAsync() => _host.Database.ListAsync<string>(
        $"select 'h' || hubspot_id from claim_sync_requests('{Worker}', interval '1 minute', {PageSize})");

    private Task<long> LinksReadAsync() => _host.Database.ScalarAsync<long>(
        "select seq_tup_read + idx_tup_fetch from pg_stat_user_tables where relname = 'record_links'");

    private Task<float> KnownAsync() => _host.Database.ScalarAsync<float>(
        "select reltuples from pg_class where oid = 'record_links'::regclass");

    private Task<int> RefreshAsync() => _host.QueryAsync(db => db.Database.ExecuteSqlAsync(
        $"select refresh_statistics({db.WorkspaceId})", TestContext.Current.CancellationToken));

    /// <returns>The rows that Postgres went through for it.</returns>
    private async Task<long> WriteAsync(RecordTable table, RunStep step, IReadOnlyList<PageRow> rows)
    {
        var run = await SyncRows.AddRunAsync(_host.Database, _host.WorkspaceId, _connection);
        await _host.Database.ExecuteAsync($"update sync_runs set state = 'Running', lease_owner = '{Worker}'");
        var progress = new PageProgress(run, Worker, 0, TimeSpan.FromMinutes(1), step, "next", false);
        var before = await ScannedAsync();

        var moved = await _host.QueryAsync(db => new PageWriter(db).WriteAsync(
            _connection, table, rows, progress, false, Task.CompletedTask, TestContext.Current.CancellationToken));

        Assert.Empty(moved);
        return await ScannedAsync() - before;
    }

    /// <summary>Half of it agreed anew, half as it was.</summary>
    private async Task<List<PageRow>> PageAsync()
    {
        var links = await _host.Database.ListAsync<string>(
            $"""
            select hubspot_id || ' ' || local_id || ' ' || xmin::text from record_links
              where connection_id = '{_connection}' limit {PageSize}
            """);
        return links.ConvertAll(link =>
        {
            var parts = link.Split(' ');
            var id = long.Parse(parts[0], CultureInfo.InvariantCulture);
            return new PageRow
            {
                HubSpotId = id,
                LocalId = Guid.Parse(parts[1]),
                LinkVersion = long.Parse(parts[2], CultureInfo.InvariantCulture),
                Ancestor = id % 2 == 0
                    ? ImmutableArray.CreateRange(new string?[Contacts.Map.Fields.Length])
                    : default,
                SeenAt = DateTimeOffset.UnixEpoch,
                State = OutcomeState.InSync,
                Reason = OutcomeReason.Agreed,
            };
        });
    }

    /// <summary>In all tables, temporary ones too. Sessions tell it when they end.</summary>
    private async Task<long> ScannedAsync()
    {
        _host.Database.CloseSessions();
        await Eventually.SeeAsync(
            () => _host.Database.ScalarAsync<long>(
                "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"),
            others => others == 0,
            TimeSpan.FromSeconds(30),
            "the sessions to end");
        return await _host.Database.ScalarAsync<long>(
            "select tup_returned from pg_stat_database where datname = current_database()");
    }
}
