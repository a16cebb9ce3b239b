using System.Web;
using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Identity;
using HubSpotSync.Data.Runs;
using HubSpotSync.HubSpotApi.OAuth;
using HubSpotSync.Tests.Portal.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HubSpotSync.Tests.Portal;

public sealed class ConnectTests
{
    [Theory]
    [InlineData(SyncMode.TwoWay)]
    [InlineData(SyncMode.HubSpotIsSource)]
    public async Task Connecting_asks_for_what_the_mode_needs_and_for_nothing_else(SyncMode mode)
    {
        await using var visit = await ConnectVisit.StartAsync();

        var asked = HttpUtility.ParseQueryString((await visit.BeginAsync(mode)).Query);
        var page = await visit.Admin.GetAsync("/settings/integrations/hubspot/connect");

        Assert.Equal(HubSpotScopes.Required(mode), asked["scope"]?.Split(' '));
        Assert.Equal(HubSpotScopes.Optional(mode), asked["optional_scope"]?.Split(' '));
        Assert.Equal("http://localhost/hubspot/callback", asked["redirect_uri"]);
        Assert.Equal(HubSpotScopes.Required(mode), page.All($"[data-mode={mode}] [data-scope=required] code"));
        Assert.Equal(HubSpotScopes.Optional(mode), page.All($"[data-mode={mode}] [data-scope=optional] code"));
        Assert.All(
            page.All($"[data-mode={mode}] [data-scope=optional]"),
            item => Assert.Matches("^Optional .+ Without it: .+", item));
    }

    [Fact]
    public async Task What_is_optional_may_be_left_out()
    {
        await using var visit = await ConnectVisit.StartAsync();
        var url = await visit.BeginAsync();
        var less = new Uri(url.AbsoluteUri.Replace("crm.schemas.contacts.write%20", "", StringComparison.Ordinal));

        var back = await visit.Admin.GetAsync(await visit.DecideAsync(less));

        Assert.Equal("/settings/integrations/hubspot/filter", back.Location);
        var (connection, _, _) = await TokensAsync(visit);
        Assert.Equal(ConnectionState.Connected, connection.State);
        Assert.DoesNotContain("crm.schemas.contacts.write", connection.Scopes);
        Assert.Contains("crm.lists.read", connection.Scopes);
    }

    [Fact]
    public async Task The_address_to_come_back_to_is_the_public_one()
    {
        await using var visit = await ConnectVisit.StartAsync(("Portal:PublicUrl", "https://crm.example/"));

        var asked = HttpUtility.ParseQueryString((await visit.BeginAsync()).Query);

        Assert.Equal("https://crm.example/hubspot/callback", asked["redirect_uri"]);
    }

    [Theory]
    [InlineData(SyncMode.TwoWay)]
    [InlineData(SyncMode.HubSpotIsSource)]
    public async Task A_consent_becomes_a_connection_with_encrypted_tokens(SyncMode mode)
    {
        await using var visit = await ConnectVisit.StartAsync();

        var back = await visit.ConnectAsync(mode);
        var filter = await visit.Admin.FollowAsync(back);

        Assert.Equal("/settings/integrations/hubspot/filter", back.Location);
        Assert.Equal("Which contacts become customers?", filter.Heading);
        Assert.Contains("HubSpot is connected.", filter.Words, StringComparison.Ordinal);
        var (connection, access, refresh) = await TokensAsync(visit);
        visit.Portal.Secrets.Add(access);
        visit.Portal.Secrets.Add(refresh);
        Assert.DoesNotContain(access, connection.AccessToken!, StringComparison.Ordinal); // stored: read above
        Assert.DoesNotContain(refresh, connection.RefreshToken!, StringComparison.Ordinal); // likewise
        Assert.Equal(
            (visit.Fake.PortalId, mode, ConnectionState.Connected),
            ((int)connection.HubId, connection.Mode, connection.State));
        Assert.Equal(
            HubSpotScopes.Required(mode).Concat(HubSpotScopes.Optional(mode)).Order(), connection.Scopes.Order());
        Assert.NotNull(connection.CountRequestedAt);
        Assert.Equal(1, await visit.Portal.Database.ScalarAsync<long>(
            $"""
            select count(*) from audit_log a join users u on u.id = a.user_id
            where action = 'hubspot.connected' and u.role = 'Admin' and subject = 'hub {visit.Fake.PortalId}'
            """));
        var dump = await visit.Portal.Database.ScalarAsync<string>(
            "select (select string_agg(c::text, ' ') from hubspot_connections c) "
            + "|| (select string_agg(a::text, ' ') from audit_log a)");
        Assert.DoesNotContain(access, dump, StringComparison.Ordinal);
        Assert.DoesNotContain(refresh, dump, StringComparison.Ordinal);
        Assert.DoesNotContain("hubspotsync.connect", visit.Admin.Cookies.Keys);
    }

    [Fact]
    public async Task A_token_works_and_can_not_be_read_in_another_row()
    {
        await using var visit = await ConnectVisit.StartAsync();
        await visit.ConnectAsync();
        var (connection, access, _) = await TokensAsync(visit);
        var elsewhere = new HubSpotConnection
        {
            Id = Guid.NewGuid(), WorkspaceId = connection.WorkspaceId, AccountName = "", UiDomain = "",
        };

        var account = await visit.Portal.QueryAsync((services, _) =>
            services
                .GetRequiredService<HubSpotOAuth>()
                .ReadAccountAsync(access, TestContext.Current.CancellationToken));

        Assert.Equal(visit.Fake.PortalId, account.PortalId);
        var vault = visit.Portal.Services.GetRequiredService<TokenVault>();
        Assert.Throws<System.Security.Cryptography.CryptographicException>(() =>
            vault.Unprotect(elsewhere, connection.AccessToken!)); // stored above
    }

    [Fact]
    public async Task The_same_account_again_keeps_its_connection_and_wakes_the_run_that_waits()
    {
        await using var visit = await ConnectVisit.StartAsync();
        await visit.ConnectAsync();
        var (before, access, _) = await TokensAsync(visit);
        var run = await visit.Portal.AddRunAsync(before.Id, RunState.Waiting);
        await visit.Portal.Database.ExecuteAsync(
            """
            update hubspot_connections set state = 'NeedsReconnection',
              state_reason = 'Access was revoked in HubSpot', lifecycle_stages = '{lead}';
            update sync_runs set due_at = now() + interval '1 day', wait_reason = 'HubSpot',
              wait_until = now() + interval '1 day'
            """);
        var home = await visit.Admin.GetAsync("/");

        await visit.ConnectAsync(SyncMode.HubSpotIsSource);

        var (after, newAccess, _) = await TokensAsync(visit);
        Assert.Contains("Access was revoked in HubSpot.", home.Words, StringComparison.Ordinal);
        Assert.Equal(before.Id, after.Id);
        Assert.NotEqual(access, newAccess);
        Assert.Equal((ConnectionState.Connected, SyncMode.HubSpotIsSource), (after.State, after.Mode));
        Assert.Equal(["lead"], after.LifecycleStages);
        Assert.Equal(1, await visit.Portal.Database.ScalarAsync<long>(
            $"""
            select count(*) from sync_runs
            where id = '{run}' and due_at <= now() + interval '1 second' and wait_reason is null and wait_until is null
            """));
        Assert.Equal(1, await visit.Portal.Database.ScalarAsync<long>(
            "select count(*) from audit_log where action = 'hubspot.reconnected'"));
    }

    [Fact]
    public async Task Two_who_connect_different_accounts_at_once_connect_one()
    {
        await using var visit = await ConnectVisit.StartAsync();
        var owner = await visit.Portal.AsAsync(WorkspaceRole.Owner);
        var first = await visit.DecideAsync(await visit.BeginAsync());
        var second = await visit.DecideAsync(await visit.BeginAsync(browser: owner), account: visit.Fake.PortalId + 1);

        var answers = await Task.WhenAll(visit.Admin.GetAsync(first), owner.GetAsync(second));

        Assert.Single(answers, answer => answer.Location == "/settings/integrations/hubspot/filter");
        Assert.Single(answers, answer => answer.Location == "/settings/integrations/hubspot/switch");
        Assert.Equal(1, await visit.CountAsync("hubspot_connections"));
    }

    [Fact]
    public async Task Without_an_app_the_page_says_how_to_get_one()
    {
        await using var portal = await PortalHost.StartAsync(("HubSpot:ClientId", ""), ("HubSpot:ClientSecret", ""));
        await portal.AddUserOfEachRoleAsync();
        var admin = await portal.AsAsync(WorkspaceRole.Admin);

        var page = await admin.GetAsync("/settings/integrations/hubspot/connect");
        var forced = await admin.PostWithTokenAsync("/settings/integrations/hubspot/connect", ("Mode", "TwoWay"));

        Assert.Contains("This installation has no HubSpot app yet", page.Words, StringComparison.Ordinal);
        Assert.Superset(
            new HashSet<string> { "http://localhost/hubspot/callback", "http://localhost/hubspot/webhooks" },
            page.All("code").ToHashSet());
        Assert.Null(forced.Location);
    }

    private static Task<(HubSpotConnection Row, string Access, string Refresh)> TokensAsync(ConnectVisit visit) =>
        visit.Portal.QueryAsync(async (services, db) =>
        {
            var row = await db.Connections.AsNoTracking().SingleAsync();
            var vault = services.GetRequiredService<TokenVault>();
            var access = vault.Unprotect(row, row.AccessToken!); // it is connected
            var refresh = vault.Unprotect(row, row.RefreshToken!); // likewise
            return (row, access, refresh);
        });
}
