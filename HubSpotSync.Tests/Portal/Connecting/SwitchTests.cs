using System.Net;
using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Runs;
using HubSpotSync.HubSpotApi.OAuth;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HubSpotSync.Tests.Portal.Connecting;

/// <summary>Signing in to another account than the connected one asks first, and changes nothing before.</summary>
public sealed class SwitchTests
{
    private const string Page = "/settings/integrations/hubspot/switch";
    private const string Kept = "select coalesce(string_agg(c::text, ' ' order by id), '') from hubspot_connections c";

    [Fact]
    public async Task The_page_names_both_accounts_and_what_would_end_and_nothing_has_changed()
    {
        await using var visit = await ConnectedAsync();
        var connection = await visit.Portal.Database.ScalarAsync<Guid>("select id from hubspot_connections");
        var ada = await visit.Portal.AddCustomerAsync("Ada", "Lovelace", "ada.canary@example.com");
        await visit.Portal.AddLinkAsync(connection, "Contact", ada, 501);
        var before = await visit.Portal.Database.ScalarAsync<string>(Kept);

        var answer = await visit.ConnectAsync(account: visit.Fake.PortalId + 1);
        var page = await visit.Admin.FollowAsync(answer);

        Assert.Equal(Page, answer.Location);
        Assert.StartsWith("Switch to ", page.Heading, StringComparison.Ordinal);
        Assert.Contains($"({visit.Fake.PortalId}) and signed in to", page.Words, StringComparison.Ordinal);
        Assert.Contains($"({visit.Fake.PortalId + 1}). Nothing has changed yet.", page.Words, StringComparison.Ordinal);
        Assert.Contains("'s records: 1 customer.", page.Words, StringComparison.Ordinal);
        Assert.Contains("stay and become yours to edit", page.Words, StringComparison.Ordinal);
        Assert.Equal(before, await visit.Portal.Database.ScalarAsync<string>(Kept));
        Assert.Equal(1, await visit.CountAsync("pending_grants"));
        Assert.Equal(1, await visit.CountAsync("audit_log"));
    }

    [Fact]
    public async Task Switching_disconnects_the_one_and_connects_the_other_by_review()
    {
        await using var visit = await ConnectedAsync();
        var old = await ReadAsync(visit, visit.Fake.PortalId);
        await visit.Portal.AddRunAsync(old.Id);
        var ada = await visit.Portal.AddCustomerAsync("Ada", "Lovelace", "ada.canary@example.com");
        await visit.Portal.AddLinkAsync(old.Id, "Contact", ada, 501);
        var page = await AskedAsync(visit, SyncMode.HubSpotIsSource);

        var answer = await visit.Admin.SubmitAsync(page, "Switch to");
        var next = await visit.Admin.FollowAsync(answer);

        Assert.Equal("/settings/integrations/hubspot/filter", answer.Location);
        Assert.Contains($"({visit.Fake.PortalId + 1}) is connected.", next.Words, StringComparison.Ordinal);
        var (left, made) = (
            await ReadAsync(visit, visit.Fake.PortalId), await ReadAsync(visit, visit.Fake.PortalId + 1));
        Assert.Equal((ConnectionState.Disconnecting, old.Epoch + 1), (left.State, left.Epoch));
        Assert.NotNull(left.RefreshToken); // the worker has HubSpot forget it
        Assert.Equal(
            (ConnectionState.Connected, SyncMode.HubSpotIsSource, true), (made.State, made.Mode, made.IsUnderReview));
        Assert.Equal(visit.Fake.PortalId + 1, await AccountOfAsync(visit, made));
        Assert.Equal(nameof(RunState.Cancelled), await visit.Portal.Database.ScalarAsync<string>(
            "select state from sync_runs"));
        Assert.Equal(
            ["hubspot.connected", "hubspot.disconnected", "hubspot.connected"],
            await visit.Portal.Database.ListAsync<string>("select action from audit_log order by id"));
        Assert.Equal(0, await visit.CountAsync("audit_log where user_id is null"));
        Assert.Equal((0, 1), (await visit.CountAsync("pending_grants"), await visit.CountAsync("record_links")));
        Assert.DoesNotContain("hubspotsync.switch", visit.Admin.Cookies.Keys);
        var overview = await visit.Admin.GetAsync("/settings/integrations/hubspot");
        Assert.Contains($"({visit.Fake.PortalId + 1})", overview.Words, StringComparison.Ordinal);
        var form = await visit.Admin.GetAsync($"/customers/{ada}/edit");
        Assert.Null(form.Html.QuerySelector("input[value=Lovelace][readonly], input[value=Lovelace][disabled]"));
    }

    [Fact]
    public async Task Staying_forgets_the_other_account_and_touches_nothing()
    {
        await using var visit = await ConnectedAsync();
        var before = await visit.Portal.Database.ScalarAsync<string>(Kept);
        var page = await AskedAsync(visit);

        var stayed = await visit.Admin.FollowAsync(await visit.Admin.SubmitAsync(page, "Stay with"));
        var again = await visit.Admin.SubmitAsync(page, "Switch to");

        Assert.Contains("Nothing has changed.", stayed.Words, StringComparison.Ordinal);
        Assert.Equal(before, await visit.Portal.Database.ScalarAsync<string>(Kept));
        Assert.Equal((0, 1), (await visit.CountAsync("pending_grants"), await visit.CountAsync("audit_log")));
        Assert.Equal(["state_used"], again.All(".card-footer code"));
        Assert.DoesNotContain("hubspotsync.switch", visit.Admin.Cookies.Keys);
    }

    [Fact]
    public async Task What_was_allowed_in_the_other_account_is_kept_encrypted()
    {
        await using var visit = await ConnectedAsync();
        var token = await TokenOfAsync(visit, visit.Fake.PortalId + 1);

        var answer = await PasteAsync(visit, token);
        var dump = await visit.Portal.Database.ScalarAsync<string>(
            "select (select string_agg(c::text, ' ') from pending_grants c) "
            + "|| (select string_agg(a::text, ' ') from audit_log a)");

        Assert.Equal(Page, answer.Location);
        Assert.DoesNotContain(token, dump, StringComparison.Ordinal);
        Assert.DoesNotContain(visit.Admin.Cookies["hubspotsync.switch"], dump, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pasted_token_of_another_account_asks_and_switches_as_well()
    {
        await using var visit = await ConnectedAsync();
        var token = await TokenOfAsync(visit, visit.Fake.PortalId + 1);
        var page = await visit.Admin.FollowAsync(await PasteAsync(visit, token));

        await visit.Admin.SubmitAsync(page, "Switch to");

        var made = await ReadAsync(visit, visit.Fake.PortalId + 1);
        Assert.Equal(
            (ConnectionState.Connected, ConnectionAccess.Token, true), (made.State, made.Access, made.IsUnderReview));
        Assert.Equal(visit.Fake.PortalId + 1, await AccountOfAsync(visit, made));
    }

    [Fact]
    public async Task An_account_that_was_connected_before_finds_its_own_row_again()
    {
        await using var visit = await ConnectedAsync();
        await visit.Admin.SubmitAsync(await AskedAsync(visit), "Switch to");
        var first = await ReadAsync(visit, visit.Fake.PortalId);

        var back = await visit.Admin.FollowAsync(await visit.ConnectAsync());
        await visit.Admin.SubmitAsync(back, "Switch to");

        var again = await ReadAsync(visit, visit.Fake.PortalId);
        Assert.Equal((first.Id, ConnectionState.Connected), (again.Id, again.State));
        Assert.NotNull(again.RulesChangedAt); // a full run looks at what happened meanwhile
        Assert.Equal(
            ConnectionState.Disconnecting, (await ReadAsync(visit, visit.Fake.PortalId + 1)).State);
        Assert.Equal(2, await visit.CountAsync("hubspot_connections"));
    }

    [Fact]
    public async Task Of_two_presses_at_once_one_switches()
    {
        await using var visit = await ConnectedAsync();
        var page = await AskedAsync(visit);

        var answers = await Task.WhenAll(
            visit.Admin.SubmitAsync(page, "Switch to"), visit.Admin.SubmitAsync(page, "Switch to"));

        Assert.Single(answers, answer => answer.Location is not null);
        Assert.Single(answers, answer => answer.Heading == "This link was used already");
        Assert.Equal(1, await visit.CountAsync("audit_log where action = 'hubspot.disconnected'"));
    }

    [Fact]
    public async Task A_switch_that_ends_half_way_has_not_happened_and_can_be_pressed_again()
    {
        await using var visit = await ConnectedAsync();
        var page = await AskedAsync(visit);
        var before = await visit.Portal.Database.ScalarAsync<string>(Kept);
        await visit.Portal.Database.ExecuteAsync(
            """
            create function end_half_way() returns trigger language plpgsql as
              $$ begin raise exception 'the end'; end $$;
            create trigger half_way before insert on hubspot_connections for each row execute function end_half_way()
            """);

        var failed = await visit.Admin.SubmitAsync(page, "Switch to");
        var after = await visit.Portal.Database.ScalarAsync<string>(Kept);
        var waiting = await visit.CountAsync("pending_grants");
        await visit.Portal.Database.ExecuteAsync("drop trigger half_way on hubspot_connections");
        var again = await visit.Admin.SubmitAsync(page, "Switch to");

        Assert.Equal(HttpStatusCode.InternalServerError, failed.Status);
        Assert.Equal((before, 1), (after, waiting));
        Assert.Equal("/settings/integrations/hubspot/filter", again.Location);
        Assert.Equal(1, await visit.CountAsync("audit_log where action = 'hubspot.disconnected'"));
    }

    internal static async Task<ConnectVisit> ConnectedAsync()
    {
        var visit = await ConnectVisit.StartAsync();
        Assert.NotNull((await visit.ConnectAsync()).Location);
        return visit;
    }

    /// <summary>Signs in to the other account and looks at the question.</summary>
    internal static async Task<PageAnswer> AskedAsync(ConnectVisit visit, SyncMode mode = SyncMode.TwoWay)
    {
        var page = await visit.Admin.FollowAsync(await visit.ConnectAsync(mode, visit.Fake.PortalId + 1));
        visit.Portal.Secrets.Add(visit.Admin.Cookies["hubspotsync.switch"]);
        return page;
    }

    private static Task<HubSpotConnection> ReadAsync(ConnectVisit visit, long hub) =>
        visit.Portal.QueryAsync((_, db) => db.Connections.AsNoTracking().SingleAsync(row => row.HubId == hub));

    private static Task<long> AccountOfAsync(ConnectVisit visit, HubSpotConnection connection) =>
        visit.Portal.QueryAsync(async (services, _) =>
        {
            var token = services.GetRequiredService<TokenVault>()
                .Unprotect(connection, connection.AccessToken!); // it is connected
            var account = await services.GetRequiredService<HubSpotOAuth>()
                .ReadAccountAsync(token, TestContext.Current.CancellationToken);
            return account.PortalId;
        });

    private static async Task<string> TokenOfAsync(ConnectVisit visit, int account)
    {
        var made = await visit.Fake.ControlAsync(
            HttpMethod.Post, $"accounts/{account}/private-apps", new { scopes = Array.Empty<string>() });
        var token = made.GetProperty("token").GetString()!; // always there
        visit.Portal.Secrets.Add(token);
        return token;
    }

    private static async Task<PageAnswer> PasteAsync(ConnectVisit visit, string token) =>
        await visit.Admin.SubmitAsync(
            await visit.Admin.GetAsync("/settings/integrations/hubspot/token"), "Try it and connect",
            ("Mode", nameof(SyncMode.TwoWay)), ("Token", token));
}
