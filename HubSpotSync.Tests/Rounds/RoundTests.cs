using System.Globalization;

namespace HubSpotSync.Tests.Rounds;

/// <summary>
/// Real processes that are killed, frozen and cut off in the middle of their work; see <c>docs/schedules.md</c>.
/// </summary>
public sealed class RoundTests
{
    [Fact]
    public async Task Whatever_is_killed_frozen_or_cut_off_nothing_is_lost_doubled_or_stuck()
    {
        var (count, seed) = (Number("HUBSPOTSYNC_ROUNDS", 32), Number("HUBSPOTSYNC_ROUND_SEED", 0));

        var outcomes = await RoundRuns.RunAsync(count, seed, TestContext.Current.CancellationToken);

        var bad = outcomes.Where(outcome => outcome.Wrong.Count > 0).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(RoundRuns.Tell(outcomes.Except(bad), withHistory: count == 1));
        Assert.True(
            bad.Count == 0, $"{bad.Count} of {count} rounds went wrong:\n{RoundRuns.Tell(bad, withHistory: true)}");
        Assert.Equal(count, outcomes.Count);
        Assert.True(
            outcomes.Count(outcome => outcome.IsUnderWay) >= count * 0.8,
            "Faults that strike when the work is over prove nothing.");
    }

    private static int Number(string variable, int usual) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : usual;
}
