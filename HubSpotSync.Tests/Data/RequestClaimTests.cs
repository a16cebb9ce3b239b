using HubSpotSync.Tests.Infrastructure;
using Npgsql;

namespace HubSpotSync.Tests.Data;

/// <summary>A request ends with the look that answers it, and only if nobody has told of its record since.</summary>
public sealed class RequestClaimTests : IAsyncLifetime
{
    private const string Worker = "this worker";

    private CrmHost _host = null!; // xunit initialises it before the test
    private Guid _connection;

    public async ValueTask InitializeAsync()
    {
        _host = await CrmHost.StartAsync();
        _connection = await SyncRows.AddConnectionAsync(_host.Database, _host.WorkspaceId);
        await _host.Database.ExecuteAsync(
            $"""
            update hubspot_connections set first_run_done_at = now();
            insert into sync_requests (connection_id, kind, record_key, workspace_id, hubspot_id)
              select '{_connection}', 'Contact', 'h' || id, '{_host.WorkspaceId}', id from generate_series(1, 3) id
            """);
        await ClaimAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task What_is_told_of_at_the_moment_of_its_answer_is_due_once_more()
    {
        await using var webhook = new NpgsqlConnection(_host.Database.OwnerConnectionString);
        await webhook.OpenAsync(TestContext.Current.CancellationToken);
        await using var telling = await webhook.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var tell = new NpgsqlCommand(
            "update sync_requests set version = version + 1 where record_key = 'h2'", webhook);
        await tell.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var answering = AnswerAsync();
        await _host.Database.SeeLockWaitAsync("the answer to wait for the webhook");
        await telling.CommitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(3, await answering);
        Assert.Equal(["h2 2 free"], await RequestsAsync());
    }

    [Fact]
    public async Task What_somebody_else_has_taken_meanwhile_is_theirs_to_answer()
    {
        await _host.Database.ExecuteAsync("update sync_requests set lease_owner = 'another' where record_key = 'h2'");

        Assert.Equal(2, await AnswerAsync());
        Assert.Equal(["h2 1 another"], await RequestsAsync());
    }

    /// <summary>So the one that makes an error is soon alone, and keeps no other waiting.</summary>
    [Theory]
    [InlineData(0, 100)]
    [InlineData(1, 20)]
    [InlineData(2, 4)]
    [InlineData(3, 1)]
    [InlineData(40, 1)]
    public async Task After_an_error_fewer_are_taken_together_and_only_those_that_had_as_many(int errors, int most)
    {
        await _host.Database.ExecuteAsync(
            $"""
            insert into sync_requests (connection_id, kind, record_key, workspace_id, hubspot_id, errors, due_at)
              select '{_connection}', 'Contact', 'h' || id, '{_host.WorkspaceId}', id,
                  case when id % 2 = 0 then {errors} else 7 end,
                  now() - interval '1 hour' + interval '1 second' * id from generate_series(1000, 1299) id
            """);

        Assert.Equal(
            $"{most} with {errors}",
            await _host.Database.ScalarAsync<string>(
                $"""
                select count(*) || ' with ' || string_agg(distinct errors::text, ' and ')
                  from claim_sync_requests('{Worker}', interval '1 minute', 100)
                """));
    }

    [Fact]
    public async Task Only_an_error_of_ours_counts_as_one()
    {
        await ReturnAsync(isError: false);
        Assert.Equal([0, 0, 0], await ErrorsAsync());

        await ClaimAsync();
        await ReturnAsync(isError: true);
        Assert.Equal([1, 1, 1], await ErrorsAsync());

        async Task ReturnAsync(bool isError) => await _host.Database.ExecuteAsync(
            $$"""
            select return_sync_requests('{{_connection}}', 'Contact', '{{Worker}}', '{h3, h1, h2}', interval '0',
              'HubSpot is away.', {{isError}}, false)
            """);
        Task<List<int>> ErrorsAsync() => _host.Database.ListAsync<int>("select errors from sync_requests");
    }

    private Task ClaimAsync() => _host.Database.ExecuteAsync(
        $"select from claim_sync_requests('{Worker}', interval '1 minute', 3)");

    /// <returns>How many this worker had still.</returns>
    private Task<int> AnswerAsync() => _host.Database.ScalarAsync<int>(
        $$"""
        select held from answer_sync_requests('{{_connection}}', 'Contact', '{{Worker}}', '{h3, h1, h2}', '{1, 1, 1}')
        """);

    private Task<List<string>> RequestsAsync() => _host.Database.ListAsync<string>(
        "select record_key || ' ' || version || ' ' || coalesce(lease_owner, 'free') from sync_requests");
}
