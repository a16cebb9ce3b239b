using HubSpotSync.Core.Scheduling;

namespace HubSpotSync.Tests.Core;

public sealed class BackoffTests
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(0, 0.0, 2)]
    [InlineData(1, 0.0, 4)]
    [InlineData(4, 0.0, 32)]
    [InlineData(5, 0.0, 60)]
    [InlineData(1_000_000, 0.0, 60)]
    [InlineData(0, 1.0, 1)]
    [InlineData(9, 1.0, 30)]
    public void Waits_double_up_to_the_most_less_half_by_chance(int attempt, double jitter, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Backoff.Delay(attempt, First, Most, jitter));
}
