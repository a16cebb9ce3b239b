using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Tests.Pains;

/// <summary>A limit that stops a run, whose place is lost, so that it meets the same limit for ever.</summary>
public sealed class RateLimitTests
{
    private const int Changes = 450;
    private static readonly object Customer = new { lifecyclestage = "customer" };
    private static readonly object Before = new { lifecyclestage = "customer", email = "before@burst.test" };

    [Fact]
    public async Task Running_into_limits_saves_the_cursor_and_goes_on()
    {
        await using var scenario = await SyncScenario.StartAsync(SyncScenario.Tiny);
        await scenario.ConnectAsync();
        await scenario.LookAtEverythingAsync();
        await scenario.StagesAreCountedAsync();
        var moment = TimeProvider.System.GetUtcNow();
        await scenario.BurstAsync("contacts", new { count = 1, properties = Before, at = moment.AddSeconds(-1) });
        await scenario.BurstAsync("contacts", new { count = Changes, properties = Customer, at = moment });
        await scenario.Fake.AddFaultAsync(new
        {
            kind = "status",
            status = 429,
            policyName = "DAILY",
            retryAfter = 3600,
            skip = 1, // the first page of 200 is found
            method = "POST",
            path = "/crm/objects/2026-09/contacts/search",
        });

        var run = await scenario.RequestRunAsync(RunDepth.Changes);
        var waiting = await Eventually.SeeAsync(
            () => scenario.ReadRunAsync(run.Id),
            seen => seen.FailingSince is not null,
            SyncScenario.RunLimit,
            "the run to meet the limit");

        Assert.Contains("daily limit is used up", waiting.WaitReason, StringComparison.Ordinal);
        Assert.NotNull(await scenario.QueryAsync(db => db.Checkpoints
            .Where(checkpoint => checkpoint.RunId == run.Id && checkpoint.Step == RunStep.Contacts)
            .Select(checkpoint => checkpoint.Cursor)
            .SingleAsync()));
        Assert.InRange(await ArrivedAsync(scenario), 100, 200);

        scenario.Requests().Reset();
        await scenario.Database.ExecuteAsync("update sync_runs set due_at = now()"); // the day is over
        var end = await scenario.WaitForEndAsync(run.Id);

        Assert.Equal((RunState.Done, null), (end.State, end.WaitReason));
        Assert.Equal(Changes, await ArrivedAsync(scenario));

        // Two pages of contacts and one of deals; companies were done before, and what was found before the limit is
        // not asked for again.
        Assert.Equal(3, scenario.Requests().CountOf("POST", FakeSteering.SearchRoute));
    }

    private static Task<long> ArrivedAsync(SyncScenario scenario) =>
        scenario.Database.ScalarAsync<long>("select count(*) from customers where email like '%@burst.example'");
}
