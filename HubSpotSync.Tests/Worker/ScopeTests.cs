using System.Globalization;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Scope;
using HubSpotSync.Data.Journal;
using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.FakeHubSpot;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;

namespace HubSpotSync.Tests.Worker;

/// <summary>Lists and activity as filters, and what becomes of customers whose contact leaves the scope.</summary>
public sealed class ScopeTests
{
    private const string Token = "token-of-the-tests";

    [Fact]
    public async Task Only_members_of_the_chosen_lists_come_and_the_others_say_why()
    {
        await using var scenario = await StartAsync();
        using var hubSpot = new HubSpotCaller(scenario.Fake.Url, Token);
        var (member, other) = (await MakeAsync(scenario, "member"), await MakeAsync(scenario, "other"));
        var list = await ListSample.MakeAsync(hubSpot, "VIP", "MANUAL");
        await hubSpot.PutAsync($"{ListSample.Lists}/{list}/memberships/add", new[] { $"{member}" });
        await scenario.ChangeRulesAsync(connection => connection.ListIds = [IdOf(list)]);

        await scenario.RunAsync();

        Assert.NotNull(await scenario.CustomerAsync(member));
        Assert.Null(await scenario.CustomerAsync(other));
        Assert.Equal(OutcomeReason.NotInLists, (await scenario.OutcomeAsync(other)).Reason);
    }

    [Fact]
    public async Task Who_joins_a_list_comes_with_the_next_run_and_who_leaves_it_stays_detached()
    {
        await using var scenario = await StartAsync();
        using var hubSpot = new HubSpotCaller(scenario.Fake.Url, Token);
        var (leaver, joiner) = (await MakeAsync(scenario, "leaver"), await MakeAsync(scenario, "joiner"));
        var list = await ListSample.MakeAsync(hubSpot, "VIP", "MANUAL");
        await hubSpot.PutAsync($"{ListSample.Lists}/{list}/memberships/add", new[] { $"{leaver}" });
        await scenario.ChangeRulesAsync(connection => connection.ListIds = [IdOf(list)]);
        await scenario.RunAsync();

        await hubSpot.PutAsync($"{ListSample.Lists}/{list}/memberships/add", new[] { $"{joiner}" });
        await hubSpot.PutAsync($"{ListSample.Lists}/{list}/memberships/remove", new[] { $"{leaver}" });
        await scenario.RunAsync(RunDepth.Changes);
        await scenario.NothingWaitsAsync();

        Assert.NotNull(await scenario.CustomerAsync(joiner));
        Assert.Null((await scenario.CustomerAsync(leaver))!.ArchivedAt); // it was linked
        Assert.Equal(OutcomeReason.NotInLists, (await scenario.OutcomeAsync(leaver)).Reason);
        Assert.Equal(
            nameof(OutcomeReason.NotInLists),
            await scenario.Database.ScalarAsync<string>(
                $"select detached_reason from record_links where hubspot_id = {leaver}"));
    }

    [Fact]
    public async Task A_list_that_HubSpot_has_lost_throws_nobody_out()
    {
        await using var scenario = await StartAsync();
        using var hubSpot = new HubSpotCaller(scenario.Fake.Url, Token);
        var member = await MakeAsync(scenario, "member");
        var list = await ListSample.MakeAsync(hubSpot, "VIP", "MANUAL");
        await hubSpot.PutAsync($"{ListSample.Lists}/{list}/memberships/add", new[] { $"{member}" });
        await scenario.ChangeRulesAsync(connection => connection.ListIds = [IdOf(list)]);
        await scenario.RunAsync();

        await hubSpot.DeleteAsync($"{ListSample.Lists}/{list}");
        await scenario.RunAsync();

        Assert.Equal(OutcomeState.InSync, (await scenario.OutcomeAsync(member)).State);
        Assert.True(await scenario.Database.ScalarAsync<bool>("select missing_since is not null from hubspot_lists"));
    }

    [Fact]
    public async Task Customers_made_here_are_synced_whatever_list_they_are_in()
    {
        await using var scenario = await StartAsync();
        using var hubSpot = new HubSpotCaller(scenario.Fake.Url, Token);
        var list = await ListSample.MakeAsync(hubSpot, "VIP", "MANUAL");
        await scenario.ChangeRulesAsync(connection => connection.ListIds = [IdOf(list)]);
        await scenario.RunAsync();

        await scenario.AddCustomerAsync("ours@scope.example");
        var contact = await scenario.SeeContactAsync("ours@scope.example", _ => true);
        await scenario.Fake.EditAsync("contacts", contact.Id, new { city = "Lund" });
        await scenario.RunAsync(RunDepth.Changes);

        Assert.Equal("Lund", (await scenario.CustomerAsync(contact.Id))!.City); // it was created there
    }

    [Theory]
    [InlineData(true, OutcomeReason.NotActive)]
    [InlineData(false, OutcomeReason.StillActive)]
    public async Task Contacts_are_taken_by_when_something_last_happened(bool active, OutcomeReason reason)
    {
        await using var scenario = await StartAsync();
        var yesterday = $"{TimeProvider.System.GetUtcNow().AddDays(-1).ToUnixTimeMilliseconds()}";
        var (quiet, busy) = (await MakeAsync(scenario, "quiet"), await MakeAsync(scenario, "busy", yesterday));
        await scenario.ChangeRulesAsync(connection => connection.Activity = new ActivityFilter(active, 30));

        await scenario.RunAsync();

        var (comes, stays) = active ? (busy, quiet) : (quiet, busy);
        Assert.NotNull(await scenario.CustomerAsync(comes));
        Assert.Equal(reason, (await scenario.OutcomeAsync(stays)).Reason);
    }

    [Fact]
    public async Task Who_leaves_the_scope_is_archived_where_the_admin_wants_it_and_comes_back_by_itself()
    {
        await using var scenario = await StartAsync();
        var id = await MakeAsync(scenario, "wanderer");
        await scenario.ChangeRulesAsync(connection => connection.Leaving = LeavingRule.Archive);
        await scenario.RunAsync();

        await scenario.Fake.EditAsync("contacts", id, new { lifecyclestage = "evangelist" });
        await scenario.RunAsync();

        Assert.NotNull((await scenario.CustomerAsync(id))!.ArchivedAt); // it was linked
        Assert.Equal(OutcomeReason.StageNotInScope, (await scenario.OutcomeAsync(id)).Reason);

        await scenario.ChangeRulesAsync(connection => connection.LifecycleStages = ["customer", "evangelist"]);
        await scenario.Fake.EditAsync("contacts", id, new { city = "Back" });
        await scenario.RunAsync();

        var back = (await scenario.CustomerAsync(id))!; // as above
        Assert.Equal((null, "Back"), (back.ArchivedAt, back.City));
        Assert.Equal(OutcomeState.InSync, (await scenario.OutcomeAsync(id)).State);
    }

    [Fact]
    public async Task Who_a_person_archived_is_not_taken_back_by_the_scope()
    {
        await using var scenario = await StartAsync();
        var id = await MakeAsync(scenario, "wanderer");
        await scenario.ChangeRulesAsync(connection => connection.Leaving = LeavingRule.Archive);
        await scenario.RunAsync();
        await scenario.Fake.EditAsync("contacts", id, new { lifecyclestage = "evangelist" });
        await scenario.RunAsync();

        foreach (var at in (string[])["null", "now()"])
        {
            await scenario.Database.ExecuteAsync(
                $"update customers set archived_at = {at} where email = 'wanderer@scope.example'");
        }

        await scenario.ChangeRulesAsync(connection => connection.LifecycleStages = []);
        await scenario.RunAsync();

        Assert.NotNull((await scenario.CustomerAsync(id))!.ArchivedAt); // it was linked
        Assert.Equal(OutcomeReason.ArchivedHere, (await scenario.OutcomeAsync(id)).Reason);
    }

    [Fact]
    public async Task Companies_and_deals_come_only_where_they_are_wanted()
    {
        await using var scenario = await StartAsync();
        await scenario.ChangeRulesAsync(connection =>
            (connection.TakesCompanies, connection.TakesDeals) = (false, false));

        await scenario.RunAsync();

        Assert.Equal(0, await scenario.Database.ScalarAsync<long>(
            "select (select count(*) from companies) + (select count(*) from deals)"));
    }

    private static long IdOf(string list) => long.Parse(list, CultureInfo.InvariantCulture);

    private static async Task<SyncScenario> StartAsync()
    {
        var scenario = await SyncScenario.StartAsync([.. SyncScenario.Tiny, $"--Fake:Token={Token}"]);
        await scenario.ConnectAsync();
        return scenario;
    }

    private static Task<long> MakeAsync(SyncScenario scenario, string name, string? lastActivity = null) =>
        scenario.Fake.CreateAsync("contacts", new Dictionary<string, string?>
        {
            ["email"] = $"{name}@scope.example",
            ["firstname"] = name,
            ["lifecyclestage"] = "customer",
            ["notes_last_updated"] = lastActivity,
        }.Where(property => property.Value is not null).ToDictionary());
}
