using HubSpotSync.Tests.Infrastructure;

namespace HubSpotSync.Tests.Data;

/// <summary>
/// While Postgres knows nothing of the queue yet it takes all that waits for one row. Counted by the rows that it goes
/// through, not by seconds.
/// </summary>
public sealed class FreshQueueTests : IAsyncLifetime
{
    private const string Worker = "this worker";
    private const int Waiting = FreshTables.Links;
    private const int PageSize = 100;

    private FreshTables _fresh = null!; // xunit initialises it before the test

    public async ValueTask InitializeAsync() => _fresh = await FreshTables.StartAsync();

    public ValueTask DisposeAsync() => _fresh.DisposeAsync();

    [Fact]
    public async Task A_claim_goes_through_no_more_of_the_queue_than_it_takes()
    {
        await FillQueueAsync();
        var before = await _fresh.ScannedAsync();

        var claimed = await ClaimAsync();

        Assert.Equal(PageSize, claimed.Count);
        Assert.InRange(await _fresh.ScannedAsync() - before, PageSize, Waiting - 1);
    }

    [Theory]
    [InlineData("answer_sync_requests", "array_fill(1::bigint, array[100])", Waiting - PageSize, 0)]
    [InlineData("return_sync_requests", "interval '1 minute', 'HubSpot is away.', false, false", Waiting, 0)]
    [InlineData("gather_sync_requests", "interval '1 minute'", Waiting, 0)]
    [InlineData("renew_sync_requests", "interval '1 minute'", Waiting, PageSize)]
    public async Task A_claim_ends_without_going_through_the_queue(string function, string values, int left, int held)
    {
        await FillQueueAsync();
        var claimed = string.Join(',', await ClaimAsync());
        var before = await _fresh.ScannedAsync();

        await _fresh.Database.ExecuteAsync(
            $"select {function}('{_fresh.Connection}', 'Contact', '{Worker}', '{{{claimed}}}', {values})");

        Assert.InRange(await _fresh.ScannedAsync() - before, PageSize, Waiting - 1);
        Assert.Equal(left, await _fresh.Database.ScalarAsync<long>("select count(*) from sync_requests"));
        Assert.Equal(held, await _fresh.Database.ScalarAsync<long>(
            $"select count(*) from sync_requests where lease_owner = '{Worker}'"));
    }

    [Fact]
    public async Task What_waits_already_is_found_without_going_through_the_queue()
    {
        await FillQueueAsync();
        var before = await _fresh.ScannedAsync();

        var waiting = await _fresh.Database.ScalarAsync<long>(
            $"""
            select count(*) from untaken_requests('{_fresh.Connection}', array_fill('Contact'::text, array[{PageSize}]),
              (select array_agg(i::bigint) from generate_series(1, {PageSize}) i))
            """);

        Assert.Equal(PageSize, waiting);
        Assert.InRange(await _fresh.ScannedAsync() - before, PageSize, Waiting - 1);
    }

    private Task FillQueueAsync() => _fresh.Database.ExecuteAsync(
        """
        update hubspot_connections set first_run_done_at = now();
        insert into sync_requests (connection_id, kind, record_key, workspace_id, hubspot_id)
          select connection_id, kind, 'h' || hubspot_id, workspace_id, hubspot_id from record_links;
        """);

    /// <returns>The keys of a page of it.</returns>
    private Task<List<string>> ClaimAsync() => _fresh.Database.ListAsync<string>(
        $"select 'h' || hubspot_id from claim_sync_requests('{Worker}', interval '1 minute', {PageSize})");
}
