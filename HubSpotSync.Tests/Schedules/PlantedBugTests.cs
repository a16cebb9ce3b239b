using System.Globalization;

namespace HubSpotSync.Tests.Schedules;

/// <summary>
/// Schedules that find nothing prove nothing unless they find what is there: each planted bug must be noticed soon.
/// </summary>
public sealed class PlantedBugTests
{
    private const int Most = 200;

    public static TheoryData<string> Names => [.. PlantedBugs.All.Select(bug => bug.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_planted_bug_is_noticed(string name)
    {
        await using var lane = await Lane.StartAsync(PlantedBugs.All.Single(bug => bug.Name == name));
        for (var seed = 1; seed <= Most; seed++)
        {
            var verdict = await new Schedule(lane, seed, ScheduleRuns.Steps).RunAsync();
            if (!verdict.IsGood)
            {
                TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"noticed by schedule {seed}: {verdict.Wrong[0]}"));
                return;
            }
        }

        Assert.Fail($"{Most} schedules did not notice: {name}");
    }
}
