using HubSpotSync.Tests.Scenarios;

namespace HubSpotSync.Tests.Pains;

/// <summary>Records that are missing while the sync says that all is well; syncs that read everything again.</summary>
public sealed class MissingRecordTests
{
    [Fact]
    public async Task More_than_ten_thousand_records_with_one_modified_time_are_all_there()
    {
        const int Many = 10_100; // a search reaches 10,000
        await using var scenario = await StartAsync();
        await scenario.BurstAsync("contacts", new
        {
            count = Many,
            at = TimeProvider.System.GetUtcNow(),
            properties = new { lifecyclestage = "customer" },
        });

        await scenario.LookAtChangesAsync();

        Assert.Equal(Many, await CountAsync(scenario, "email like '%@burst.example'"));
    }

    [Fact]
    public async Task A_record_that_the_late_search_index_hid_comes_with_the_next_run()
    {
        await using var scenario = await StartAsync();
        await scenario.Fake.ChangeSettingsAsync(new { searchLagMs = 60_000 });
        var late = await scenario.MakeContactAsync("late@missing.example");

        await scenario.LookAtChangesAsync();
        Assert.Null(await scenario.CustomerAsync(late)); // the search did hide it
        await scenario.Fake.AdvanceClockAsync(TimeSpan.FromSeconds(61));
        await scenario.LookAtChangesAsync();

        Assert.NotNull(await scenario.CustomerAsync(late));
    }

    [Fact]
    public async Task A_record_that_no_search_has_ever_shown_comes_with_the_full_run()
    {
        await using var scenario = await StartAsync();
        var unseen = await scenario.MakeContactAsync("unseen@missing.example");
        await scenario.Database.ExecuteAsync(
            "update hubspot_connections set changes_since = now() + interval '1 hour'"); // whatever the reason
        await scenario.LookAtChangesAsync();
        Assert.Null(await scenario.CustomerAsync(unseen));

        await scenario.LookAtEverythingAsync();

        Assert.NotNull(await scenario.CustomerAsync(unseen));
    }

    [Fact]
    public async Task A_thousand_changes_cost_a_thousand_not_the_whole_account()
    {
        await using var scenario = await StartAsync("--Fake:Contacts=2500");
        await scenario.StagesAreCountedAsync();
        await scenario.BurstAsync("contacts", new { count = 1000, edit = true });
        scenario.Requests().Reset();

        await scenario.LookAtChangesAsync();

        var changed = (await FakeContacts.ReadAsync(scenario.Fake)).Count(contact =>
            contact["city"]?.StartsWith("Burst ", StringComparison.Ordinal) == true
            && SyncScenario.DefaultStages.Contains(contact["lifecyclestage"]));
        Assert.InRange(changed, 1, 1000);
        Assert.Equal(changed, await CountAsync(scenario, "city like 'Burst %'"));
        Assert.Equal(0, scenario.Requests().CountOf("GET", FakeSteering.ListRoute));
        var asked = scenario.Requests().Counts.Select(call => $"{call.Method} {call.Route} {call.Count}");

        // Pages of 200 changes, which overlap where one moment has many, their companies by the hundred, and a few
        // questions about the rest of the account.
        Assert.True(scenario.Requests().Total <= 40, string.Join(", ", asked));
    }

    private static Task<long> CountAsync(SyncScenario scenario, string condition) =>
        scenario.Database.ScalarAsync<long>($"select count(*) from customers where {condition}");

    private static async Task<SyncScenario> StartAsync(params string[] fake)
    {
        var scenario = await SyncScenario.StartAsync([.. SyncScenario.Tiny, .. fake]);
        await scenario.ConnectAsync();
        await scenario.LookAtEverythingAsync();
        return scenario;
    }
}
