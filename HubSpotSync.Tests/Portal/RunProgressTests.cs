using HubSpotSync.Data.Runs;
using HubSpotSync.Portal.Progress;

namespace HubSpotSync.Tests.Portal;

public sealed class RunProgressTests
{
    private static readonly DateTimeOffset Now = FixedClock.Noon;

    [Theory]
    [InlineData(RunState.Running, null, 10, null)]
    [InlineData(RunState.Running, 0, 0, 0)]
    [InlineData(RunState.Running, 200, 99, 49)]
    [InlineData(RunState.Running, 200, 200, 99)]
    [InlineData(RunState.Running, 100, 130, 99)]
    [InlineData(RunState.Done, 200, 180, 100)]
    public void A_hundred_percent_only_when_it_is_done(RunState state, int? total, int processed, int? percent) =>
        Assert.Equal(percent, RunProgress.PercentOf(Run(state, total, processed)));

    [Fact]
    public void Pace_and_what_is_left_come_from_what_was_measured()
    {
        var progress = RunProgress.Of(Run(RunState.Running, 5000, 2000), Now, perSecond: 20);

        Assert.Equal("2,000 of 5,000 records", progress.Amount);
        Assert.Equal("20 a second, about 2 minutes left", progress.Pace);
    }

    [Fact]
    public void A_wait_says_why_and_until_when()
    {
        var run = Run(RunState.Running, 5000, 2000);
        (run.WaitReason, run.WaitUntil) = ("Waiting for HubSpot's limit", Now.AddSeconds(3));

        Assert.Equal("Waiting for HubSpot's limit. We go on in 3 s.", RunProgress.Of(run, Now).Wait);
    }

    [Fact]
    public void What_only_slows_a_run_down_is_said_while_it_does_not_wait()
    {
        var run = Run(RunState.Running, 5000, 2000);
        run.Hindrance = "Redis is away";

        Assert.Equal("Redis is away", RunProgress.Of(run, Now).Wait);
        run.WaitReason = "Waiting for HubSpot's limit";
        Assert.Equal("Waiting for HubSpot's limit", RunProgress.Of(run, Now).Wait);
    }

    [Fact]
    public void A_run_that_nobody_takes_says_so()
    {
        var run = Run(RunState.Waiting, null, 0, started: false);

        Assert.Equal("Starting", RunProgress.Of(run, run.RequestedAt.AddSeconds(5)).Headline);
        Assert.Equal("Waiting for the worker", RunProgress.Of(run, run.RequestedAt.AddSeconds(25)).Headline);
    }

    [Fact]
    public void The_pace_forgets_what_is_older_than_half_a_minute()
    {
        var pace = new RunPace();
        pace.Add(Now, 0);
        pace.Add(Now.AddMinutes(10), 0);
        pace.Add(Now.AddMinutes(10).AddSeconds(10), 500);

        Assert.Equal(50, pace.PerSecond());
    }

    private static SyncRun Run(RunState state, int? total, int processed, bool started = true) => new()
    {
        State = state,
        RequestedAt = Now.AddMinutes(-2),
        StartedAt = started ? Now.AddMinutes(-1) : null,
        Total = total,
        Processed = processed,
    };
}
