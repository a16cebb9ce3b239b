using System.Globalization;
using System.Net;
using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Identity;
using HubSpotSync.HubSpotApi.OAuth;
using HubSpotSync.Tests.Portal.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HubSpotSync.Tests.Portal.Connecting;

/// <summary>A token of a private app or a service key, pasted once and tried at once.</summary>
public sealed class TokenConnectTests
{
    private const string Page = "/settings/integrations/hubspot/token";

    [Theory]
    [InlineData(SyncMode.TwoWay)]
    [InlineData(SyncMode.HubSpotIsSource)]
    public async Task A_token_that_may_do_enough_connects_the_account_and_is_kept_encrypted(SyncMode mode)
    {
        await using var visit = await ConnectVisit.StartAsync();
        var token = await MakeAsync(visit, [.. HubSpotScopes.Required(mode)]);

        var answer = await PasteAsync(visit, $"  {token}\n", mode);
        var next = await visit.Admin.FollowAsync(answer);

        Assert.Equal("/settings/integrations/hubspot/filter", answer.Location);
        Assert.Contains($"({visit.Fake.PortalId}) is connected.", next.Words, StringComparison.Ordinal);
        var connection = await ReadAsync(visit);
        Assert.Equal(
            (mode, ConnectionState.Connected, ConnectionAccess.Token, null, null),
            (connection.Mode, connection.State, connection.Access, connection.RefreshToken, connection.TokenExpiresAt));
        Assert.Equal((190, 625_000), (connection.BurstLimit, connection.DailyLimit));
        Assert.Equal(HubSpotScopes.Required(mode).Order(), connection.Scopes.Order());
        Assert.Equal("0 0/5 * * * ?", connection.Schedule);
        Assert.Equal(token, await visit.Portal.QueryAsync((services, _) => Task.FromResult(
            services.GetRequiredService<TokenVault>().Unprotect(connection, connection.AccessToken!)))); // stored
        var dump = await visit.Portal.Database.ScalarAsync<string>(
            "select (select string_agg(c::text, ' ') from hubspot_connections c) "
            + "|| (select string_agg(a::text, ' ') from audit_log a)");
        Assert.DoesNotContain(token, dump, StringComparison.Ordinal);
        Assert.Contains("hubspot.connected", dump, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_overview_says_that_changes_come_by_asking_and_what_the_limits_are()
    {
        await using var visit = await ConnectVisit.StartAsync();
        await PasteAsync(visit, await MakeAsync(visit));

        var page = await visit.Admin.GetAsync("/settings/integrations/hubspot");
        var ending = await visit.Admin.GetAsync("/settings/integrations/hubspot/disconnect");

        Assert.Contains(
            "By a pasted token. HubSpot tells us of nothing: we ask every 5 minutes.", page.Words,
            StringComparison.Ordinal);
        Assert.Contains(
            "190 requests in 10 seconds, 625,000 a day for all private apps", page.Words, StringComparison.Ordinal);
        Assert.Contains("In HubSpot the token lives on", ending.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trying_a_token_changes_nothing_in_HubSpot()
    {
        await using var visit = await ConnectVisit.StartAsync();
        var before = await DumpAsync(visit);

        await PasteAsync(visit, await MakeAsync(visit));

        Assert.Equal(before, await DumpAsync(visit));
    }

    [Theory]
    [InlineData("crm.objects.deals.read")]
    [InlineData("crm.objects.contacts.write")]
    [InlineData("crm.objects.owners.read", "crm.objects.companies.read")]
    public async Task A_token_that_may_do_less_is_told_which_permissions_are_missing(params string[] missing)
    {
        await using var visit = await ConnectVisit.StartAsync();
        var token = await MakeAsync(visit, [.. HubSpotScopes.Required(SyncMode.TwoWay).Except(missing)]);

        var answer = await PasteAsync(visit, token);

        Assert.Contains("This token may do less than this mode needs", answer.Words, StringComparison.Ordinal);
        var named = HubSpotScopes.Required(SyncMode.TwoWay).Intersect(missing);
        Assert.Contains($"Missing: {string.Join(", ", named)}.", answer.Words, StringComparison.Ordinal);
        await AssertNothingIsKeptAsync(visit, answer, token);
    }

    [Fact]
    public async Task What_only_an_optional_permission_lacks_connects_all_the_same()
    {
        await using var visit = await ConnectVisit.StartAsync();
        var token = await MakeAsync(
            visit, [.. HubSpotScopes.Required(SyncMode.TwoWay), "crm.lists.read"]);

        await PasteAsync(visit, token);

        Assert.Contains("crm.lists.read", (await ReadAsync(visit)).Scopes);
        Assert.DoesNotContain("crm.schemas.contacts.write", (await ReadAsync(visit)).Scopes);
    }

    [Theory]
    [InlineData("pat-na1-00000000-0000-0000-0000-000000000000")]
    [InlineData("two words")]
    [InlineData("pat-ünicode")]
    public async Task A_token_that_HubSpot_does_not_know(string token)
    {
        await using var visit = await ConnectVisit.StartAsync();

        var answer = await PasteAsync(visit, token);

        Assert.Contains("HubSpot does not know this token", answer.Words, StringComparison.Ordinal);
        await AssertNothingIsKeptAsync(visit, answer, token);
    }

    [Fact]
    public async Task Nothing_pasted_is_said_beside_its_field()
    {
        await using var visit = await ConnectVisit.StartAsync();

        var answer = await PasteAsync(visit, "");

        Assert.Equal(["Paste the token."], answer.All(".invalid-feedback"));
    }

    [Fact]
    public async Task HubSpot_out_of_reach_is_no_fault_of_the_token()
    {
        await using var visit = await ConnectVisit.StartAsync();
        var token = await MakeAsync(visit);
        await visit.Fake.SetUnreachableAsync(true);

        var answer = await PasteAsync(visit, token);

        Assert.Contains("HubSpot does not answer", answer.Words, StringComparison.Ordinal);
        await AssertNothingIsKeptAsync(visit, answer, token);
    }

    [Fact]
    public async Task A_token_of_another_account_is_warned_of_and_asks_before_it_is_taken()
    {
        await using var visit = await ConnectVisit.StartAsync();
        await PasteAsync(visit, await MakeAsync(visit));
        var other = await MakeAsync(visit, account: visit.Fake.PortalId + 1);

        var page = await visit.Admin.GetAsync(Page);
        var answer = await PasteAsync(visit, other);

        Assert.Contains("With a token of another account we ask you first", page.Words, StringComparison.Ordinal);
        Assert.Equal("/settings/integrations/hubspot/switch", answer.Location);
        Assert.Equal(visit.Fake.PortalId, (await ReadAsync(visit)).HubId);
        Assert.DoesNotContain(other, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_token_takes_the_place_of_a_consent_and_the_other_way_round()
    {
        await using var visit = await ConnectVisit.StartAsync();
        await visit.ConnectAsync();
        var consented = await ReadAsync(visit);

        await PasteAsync(visit, await MakeAsync(visit));
        var pasted = await ReadAsync(visit);
        await visit.ConnectAsync();
        var again = await ReadAsync(visit);

        Assert.Equal(
            (ConnectionAccess.OAuth, ConnectionAccess.Token, ConnectionAccess.OAuth),
            (consented.Access, pasted.Access, again.Access));
        Assert.Equal((consented.Id, consented.Id), (pasted.Id, again.Id));
        Assert.Null(pasted.RefreshToken);
        Assert.NotNull(again.RefreshToken);
        Assert.Equal(
            ("0 0 2 * * ?", "0 0/5 * * * ?", "0 0 2 * * ?"), (consented.Schedule, pasted.Schedule, again.Schedule));
    }

    [Fact]
    public async Task An_installation_without_an_app_says_how_to_get_one_and_connects_by_a_token()
    {
        await using var visit = await ConnectVisit.StartAsync(
            ("HubSpot:ClientId", ""), ("HubSpot:ClientSecret", ""));

        var card = await visit.Admin.GetAsync("/settings/integrations");
        var answer = await PasteAsync(visit, await MakeAsync(visit));

        Assert.Contains("This installation has no HubSpot app yet", card.Words, StringComparison.Ordinal);
        Assert.NotNull(card.Html.QuerySelector($"a[href='{Page}']"));
        Assert.Equal("/settings/integrations/hubspot/filter", answer.Location);
    }

    [Fact]
    public async Task Only_an_admin_pastes_one()
    {
        await using var visit = await ConnectVisit.StartAsync();
        var member = await visit.Portal.AsAsync(WorkspaceRole.Member);

        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync(Page)).Status);
        Assert.Equal(
            HttpStatusCode.Forbidden, (await member.PostWithTokenAsync(Page, ("Token", "pat-na1-x"))).Status);
    }

    private static async Task<PageAnswer> PasteAsync(
        ConnectVisit visit, string token, SyncMode mode = SyncMode.TwoWay)
    {
        if (token.Trim().Length > 0)
        {
            visit.Portal.Secrets.Add(token.Trim());
        }

        var page = await visit.Admin.GetAsync(Page);
        return await visit.Admin.SubmitAsync(
            page, "Try it and connect", ("Mode", mode.ToString()), ("Token", token));
    }

    private static async Task<string> MakeAsync(ConnectVisit visit, string[]? scopes = null, int? account = null)
    {
        var made = await visit.Fake.ControlAsync(
            HttpMethod.Post,
            string.Create(CultureInfo.InvariantCulture, $"accounts/{account ?? visit.Fake.PortalId}/private-apps"),
            new { scopes = scopes ?? [] });
        return made.GetProperty("token").GetString()!; // always there
    }

    private static Task<HubSpotConnection> ReadAsync(ConnectVisit visit) =>
        visit.Portal.QueryAsync((_, db) => db.Connections.AsNoTracking().SingleAsync());

    private static async Task AssertNothingIsKeptAsync(ConnectVisit visit, PageAnswer answer, string token)
    {
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.DoesNotContain(token, answer.Text, StringComparison.Ordinal);
        Assert.Equal(0, await visit.CountAsync("hubspot_connections"));
    }

    private static async Task<string> DumpAsync(ConnectVisit visit) => string.Concat(
        await Task.WhenAll(((string[])["contacts", "companies", "deals"]).Select(kind =>
            visit.Fake.Http.GetStringAsync(
                new Uri(visit.Fake.Url, $"/_fake/accounts/{visit.Fake.PortalId}/objects/{kind}")))));
}
