using System.Collections.Concurrent;

namespace HubSpotSync.HubSpotApi.Limits;

/// <summary>
/// What HubSpot's answers have said of accounts: how wide the burst window really is, which depends on how the account
/// was connected, and how much of a day's limit is left.
/// </summary>
internal sealed class LearnedLimits(TimeProvider clock)
{
    /// <summary>What is left of a day is looked up again after this time: the day may have ended.</summary>
    private static readonly TimeSpan DailyHolds = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<long, int> _bursts = [];
    private readonly ConcurrentDictionary<long, (double Share, DateTimeOffset At)> _days = [];

    public void Learn(long hubId, LimitHeaders said)
    {
        if (said.Max is > 0 and var max)
        {
            _bursts[hubId] = max;
        }

        if (said is { Daily: > 0 and var daily, DailyRemaining: { } left })
        {
            _days[hubId] = ((double)left / daily, clock.GetUtcNow());
        }
    }

    public RateLimit Of(long hubId, RateLimit usual) =>
        usual.Name == RateLimit.Burst.Name && _bursts.TryGetValue(hubId, out var max)
            ? usual with { Requests = max }
            : usual;

    /// <summary>
    /// How long a lane has to leave what is left of the day to those before it; <c>null</c>: it may go on.
    /// </summary>
    public TimeSpan? WaitForDay(long hubId, BudgetLane lane)
    {
        if (!_days.TryGetValue(hubId, out var day) || day.Share > ReserveOf(lane))
        {
            return null;
        }

        var age = clock.GetUtcNow() - day.At;
        return age < DailyHolds ? DailyHolds - age : null;
    }

    private static double ReserveOf(BudgetLane lane) => lane switch
    {
        BudgetLane.Backfill => 0.10,
        BudgetLane.Reconcile => 0.05,
        BudgetLane.Webhook => 0.01,
        _ => -1, // HubSpot itself says when the day is used up
    };
}
