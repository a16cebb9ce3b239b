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
    private const int Links = FreshTables.Links;
    private const int PageSize = 100;
    private static readonly RecordTable Contacts = RecordTable.Of(StandardFields.Contacts);

    private FreshTables _fresh = null!; // xunit initialises it before the test

    public async ValueTask InitializeAsync() => _fresh = await FreshTables.StartAsync();

    public ValueTask DisposeAsync() => _fresh.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_is_not_linked_is_found_without_going_through_all_links_for_each(bool othersAreKnown)
    {
        await _fresh.ComeAsync(othersAreKnown);
        var before = await _fresh.ScannedAsync();

        var unlinked = await _fresh.Host.QueryAsync(db => new LocalRecords(db, TimeProvider.System).ReadUnlinkedAsync(
            _fresh.Connection, Contacts, Guid.Empty, PageSize, false, TestContext.Current.CancellationToken));

        Assert.Empty(unlinked);
        Assert.InRange(await _fresh.ScannedAsync() - before, Links, 20 * Links);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_is_not_linked_is_counted_in_one_go(bool othersAreKnown)
    {
        await _fresh.ComeAsync(othersAreKnown);
        var before = await _fresh.ScannedAsync();

        var unlinked = await _fresh.Host.QueryAsync(db => new LocalRecords(db, TimeProvider.System).CountUnlinkedAsync(
            _fresh.Connection, TestContext.Current.CancellationToken));

        Assert.Equal(0, unlinked);
        Assert.InRange(await _fresh.ScannedAsync() - before, Links, 20 * Links);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_page_is_written_without_going_through_itself_for_each_link(bool othersAreKnown)
    {
        await _fresh.ComeAsync(othersAreKnown);

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
            await _fresh.Database.ExecuteAsync("analyze");
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
        Assert.Equal(PageSize, await _fresh.Database.ScalarAsync<long>("select count(*) from deal_customers"));
    }

    [Fact]
    public async Task What_has_grown_is_analyzed_at_once_and_what_has_not_is_left_alone()
    {
        await _fresh.ScannedAsync(); // the sessions have told what they wrote
        Assert.NotEqual(Links, await KnownAsync());

        await RefreshAsync();

        Assert.Equal(Links, await KnownAsync());
        await _fresh.Database.ExecuteAsync("delete from record_links where hubspot_id = 1");
        await _fresh.ScannedAsync();
        await RefreshAsync();
        Assert.Equal(Links, await KnownAsync());
    }

    /// <summary>With others it has less than tripled the tables.</summary>
    [Fact]
    public async Task A_workspace_that_Postgres_does_not_know_is_looked_at_once()
    {
        await _fresh.ComeAsync(othersAreKnown: true);
        await _fresh.ScannedAsync(); // the sessions have told what they wrote
        Assert.Equal(Links, await KnownAsync());

        await RefreshAsync();
        Assert.Equal(2 * Links, await KnownAsync());

        await _fresh.Database.ExecuteAsync("delete from record_links where hubspot_id <= 600");
        await _fresh.ScannedAsync();
        await RefreshAsync();
        Assert.Equal(2 * Links, await KnownAsync());
    }

    private Task<long> LinksReadAsync() => _fresh.Database.ScalarAsync<long>(
        "select seq_tup_read + idx_tup_fetch from pg_stat_user_tables where relname = 'record_links'");

    private Task<float> KnownAsync() => _fresh.Database.ScalarAsync<float>(
        "select reltuples from pg_class where oid = 'record_links'::regclass");

    private Task<int> RefreshAsync() => _fresh.Host.QueryAsync(db => db.Database.ExecuteSqlAsync(
        $"select refresh_statistics({db.WorkspaceId})", TestContext.Current.CancellationToken));

    /// <returns>The rows that Postgres went through for it.</returns>
    private async Task<long> WriteAsync(RecordTable table, RunStep step, IReadOnlyList<PageRow> rows)
    {
        var run = await SyncRows.AddRunAsync(_fresh.Database, _fresh.Host.WorkspaceId, _fresh.Connection);
        await _fresh.Database.ExecuteAsync($"update sync_runs set state = 'Running', lease_owner = '{Worker}'");
        var progress = new PageProgress(run, Worker, 0, TimeSpan.FromMinutes(1), step, "next", false);
        var before = await _fresh.ScannedAsync();

        var moved = await _fresh.Host.QueryAsync(db => new PageWriter(db).WriteAsync(
            _fresh.Connection,
            table,
            rows,
            progress,
            false,
            Task.CompletedTask,
            TestContext.Current.CancellationToken));

        Assert.Empty(moved);
        return await _fresh.ScannedAsync() - before;
    }

    /// <summary>Half of it agreed anew, half as it was.</summary>
    private async Task<List<PageRow>> PageAsync()
    {
        var links = await _fresh.Database.ListAsync<string>(
            $"""
            select hubspot_id || ' ' || local_id || ' ' || xmin::text from record_links
              where connection_id = '{_fresh.Connection}' limit {PageSize}
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

}
