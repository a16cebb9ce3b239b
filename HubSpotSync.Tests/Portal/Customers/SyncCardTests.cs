using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Billing;
using HubSpotSync.Tests.Portal.Hosting;
using Npgsql;

namespace HubSpotSync.Tests.Portal.Customers;

/// <summary>The card of a record asks again while something is on its way, and only then.</summary>
public sealed class SyncCardTests : IAsyncLifetime
{
    private PortalHost _portal = null!; // set before each test
    private PageClient _member = null!; // likewise

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.BorrowAsync();
        await _portal.AddUserOfEachRoleAsync();
        _member = await _portal.AsAsync(WorkspaceRole.Member);
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Who_was_pushed_while_the_card_was_read_is_not_said_to_be_only_here()
    {
        await _portal.AddConnectionAsync();
        await _portal.Database.ExecuteAsync("update hubspot_connections set first_run_done_at = now()");
        var created = await _member.SubmitAsync(
            await _member.GetAsync("/customers/new"), "Create customer", ("Fields[last_name]", "Lovelace"));
        var waiting = await _member.FollowAsync(created);
        var next = waiting.Html.QuerySelector("#sync")!.GetAttribute("hx-get")!; // it waits

        await using var worker = new NpgsqlConnection(_portal.Database.OwnerConnectionString);
        await worker.OpenAsync(Token);
        await using var push = await worker.BeginTransactionAsync(Token);
        await using (var command = new NpgsqlCommand(
            $"""
            lock table sync_requests in access exclusive mode;
            delete from sync_requests;
            insert into record_outcomes (connection_id, kind, record_key, workspace_id, local_id, hubspot_id, state,
                reason)
              select id, 'Contact', 'h501', workspace_id, '{created.Location!.Split('/')[^1]}', 501, 'InSync', 'Agreed'
              from hubspot_connections
            """,
            worker))
        {
            await command.ExecuteNonQueryAsync(Token);
        }

        var asked = _member.GetAsync(next);
        await Eventually.SeeAsync(
            () => _portal.Database.ScalarAsync<long>(
                """
                select count(*) from pg_stat_activity
                  where datname = current_database() and wait_event_type = 'Lock' and query like '%sync_requests%'
                """),
            count => count == 1,
            TimeSpan.FromSeconds(30),
            "the card to ask what waits");
        await push.CommitAsync(Token);

        var done = await asked;

        Assert.Contains("both sides hold the same", done.Words, StringComparison.Ordinal);
    }
}
