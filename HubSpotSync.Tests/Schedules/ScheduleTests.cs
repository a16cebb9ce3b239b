using System.Globalization;

namespace HubSpotSync.Tests.Schedules;

/// <summary>The whole engine under seeded random schedules; see <c>docs/schedules.md</c>.</summary>
public sealed class ScheduleTests
{
    [Fact]
    public async Task Whatever_happens_on_both_sides_the_invariants_hold_in_the_end()
    {
        var (count, seed) = (Number("HUBSPOTSYNC_SCHEDULES", 300), Number("HUBSPOTSYNC_SCHEDULE_SEED", 1));
        using var output = new StringWriter();

        var bad = await ScheduleRuns.RunAsync(count, seed, false, output, TestContext.Current.CancellationToken);

        Assert.True(bad == 0, $"{bad} of {count} schedules from seed {seed} on went wrong:\n{output}");
    }

    private static int Number(string variable, int usual) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : usual;
}
