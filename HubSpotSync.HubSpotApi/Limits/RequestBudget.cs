using System.Globalization;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace HubSpotSync.HubSpotApi.Limits;

/// <summary>
/// One budget per HubSpot account, shared by every process through Redis. Without Redis each process keeps to a quarter
/// of the limit by itself: slower, and still within it for up to four of them.
/// </summary>
public sealed partial class RequestBudget(
    IConnectionMultiplexer redis, TimeProvider clock, ILogger<RequestBudget> logger)
{
    private const int ShareWithoutRedis = 4;
    private static readonly TimeSpan RedisPause = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan RedisPatience = TimeSpan.FromSeconds(1);

    /// <summary>Where news came, more may come for so long.</summary>
    private static readonly TimeSpan NewsTime = TimeSpan.FromMinutes(1);

    /// <summary>Requests on their way, which HubSpot has not counted yet when it answers another one.</summary>
    private const int UnderWay = 20;

    private readonly LocalBudget _local = new(clock);
    private readonly LearnedLimits _learned = new(clock);
    private long _redisPausedUntil;
    private int _toldAway;

    /// <summary>Whether the shared budget is in use right now.</summary>
    public bool IsShared =>
        redis.IsConnected && clock.GetUtcNow().ToUnixTimeMilliseconds() >= Interlocked.Read(ref _redisPausedUntil);

    /// <summary>
    /// How long this lane has to leave the rest of the day's limit to others; <c>null</c>: not at all.
    /// </summary>
    public TimeSpan? WaitForDay(long hubId, BudgetLane lane) => _learned.WaitForDay(hubId, lane);

    /// <summary>What a request is called in the log.</summary>
    public static string NewPlace(BudgetLane lane) => BudgetScripts.Entry(lane.IsUrgent());

    /// <param name="place">For <see cref="AnsweredAsync"/>.</param>
    /// <returns>Zero: go ahead, it is counted. Else how long to wait before asking again.</returns>
    public async Task<TimeSpan> TakeAsync(long hubId, RateLimit usual, BudgetLane lane, string? place = null)
    {
        var whole = _learned.Of(hubId, usual);
        var limit = whole.For(lane);
        if (IsShared)
        {
            try
            {
                var answer = (long[])(await redis.GetDatabase().ScriptEvaluateAsync(
                    BudgetScripts.Take,
                    [
                        LogKey(hubId, limit), BlockKey(hubId, limit), UrgentKey(hubId, limit), WaitingKey(hubId, limit),
                        NewsKey(hubId, limit), LastKey(hubId, limit),
                    ],
                    [
                        (long)limit.Window.TotalMilliseconds,
                        limit.Requests,
                        place ?? NewPlace(lane),
                        lane.IsUrgent() ? 1 : 0,
                        whole.Requests - whole.Kept,
                        whole.Requests,
                        lane is BudgetLane.Push or BudgetLane.Webhook ? 1 : 0,
                        (long)NewsTime.TotalMilliseconds,
                    ])
                    .WaitAsync(RedisPatience))!; // the script answers two numbers
                var wait = answer[0];
                if (Interlocked.Exchange(ref _toldAway, 0) == 1)
                {
                    Log.RedisBack(logger);
                }

                if (wait == 0)
                {
                    _local.Note(hubId, limit); // HubSpot still counts it if Redis goes away in this window
                }

                return TimeSpan.FromMilliseconds(wait);
            }
            catch (Exception error) when (error is RedisException or TimeoutException)
            {
                Pause();
            }
        }

        if (Interlocked.Exchange(ref _toldAway, 1) == 0)
        {
            Log.RedisAway(logger);
        }

        return _local.Take(hubId, limit with { Requests = Math.Max(1, limit.Requests / ShareWithoutRedis) });
    }

    /// <summary>The request is over, with an answer or without.</summary>
    public async Task AnsweredAsync(long hubId, RateLimit limit, string place)
    {
        if (!IsShared)
        {
            return;
        }

        try
        {
            await redis.GetDatabase().ScriptEvaluateAsync(
                BudgetScripts.Answer,
                [LogKey(hubId, limit)],
                [place, (long)limit.Window.TotalMilliseconds],
                CommandFlags.FireAndForget);
        }
        catch (RedisException)
        {
            Pause();
        }
    }

    /// <summary>
    /// How long somebody urgent should let others join before beginning, so that one request carries all of them: what
    /// the less urgent leave of the window, spread evenly over it. Zero where they don't use it much: begin.
    /// </summary>
    /// <param name="calls">How many requests will be made.</param>
    public async Task<TimeSpan> GatherAsync(long hubId, RateLimit usual, int calls)
    {
        if (!IsShared)
        {
            return TimeSpan.Zero;
        }

        var limit = _learned.Of(hubId, usual);
        try
        {
            var wait = (long)await redis.GetDatabase().ScriptEvaluateAsync(
                BudgetScripts.Gather,
                [LogKey(hubId, limit), BeganKey(hubId, limit), WaitingKey(hubId, limit)],
                [(long)limit.Window.TotalMilliseconds, limit.Requests, limit.Kept, calls]).WaitAsync(RedisPatience);
            return TimeSpan.FromMilliseconds(wait);
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            Pause();
            return TimeSpan.Zero;
        }
    }

    /// <summary>How many requests of this window are known of; <c>null</c> while Redis is away.</summary>
    public async Task<int?> CountAsync(long hubId, RateLimit limit)
    {
        if (!IsShared)
        {
            return null;
        }

        try
        {
            var since = clock.GetUtcNow().ToUnixTimeMilliseconds() - limit.Window.TotalMilliseconds;
            return (int)await redis.GetDatabase().SortedSetLengthAsync(LogKey(hubId, limit), since)
                .WaitAsync(RedisPatience);
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            Pause();
            return null;
        }
    }

    /// <summary>Goes by what HubSpot's answer says of the limits.</summary>
    internal async Task LearnAsync(long hubId, RateLimit limit, LimitHeaders said)
    {
        _learned.Learn(hubId, said);
        if (said.Used is not { } used || !IsShared || used <= _local.CountOf(hubId, limit) + UnderWay)
        {
            return;
        }

        try
        {
            await redis.GetDatabase().ScriptEvaluateAsync(
                BudgetScripts.Correct,
                [LogKey(hubId, limit)],
                [(long)limit.Window.TotalMilliseconds, used, BudgetScripts.Entry(isUrgent: false)])
                .WaitAsync(RedisPatience);
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            Pause();
        }
    }

    /// <summary>HubSpot said stop: nobody asks this account again before the time is over.</summary>
    public async Task BlockAsync(long hubId, RateLimit limit, TimeSpan time)
    {
        _local.Block(hubId, limit, time);
        if (!IsShared)
        {
            return;
        }

        try
        {
            await redis.GetDatabase().StringSetAsync(BlockKey(hubId, limit), "1", time).WaitAsync(RedisPatience);
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            Pause();
        }
    }

    private void Pause() =>
        Interlocked.Exchange(ref _redisPausedUntil, (clock.GetUtcNow() + RedisPause).ToUnixTimeMilliseconds());

    private static RedisKey LogKey(long hubId, RateLimit limit) =>
        string.Create(CultureInfo.InvariantCulture, $"hubspot:{{{hubId}}}:{limit.Name}");

    private static RedisKey UrgentKey(long hubId, RateLimit limit) =>
        string.Create(CultureInfo.InvariantCulture, $"hubspot:{{{hubId}}}:{limit.Name}:urgent");

    private static RedisKey WaitingKey(long hubId, RateLimit limit) =>
        string.Create(CultureInfo.InvariantCulture, $"hubspot:{{{hubId}}}:{limit.Name}:waiting");

    private static RedisKey NewsKey(long hubId, RateLimit limit) =>
        string.Create(CultureInfo.InvariantCulture, $"hubspot:{{{hubId}}}:{limit.Name}:news");

    private static RedisKey LastKey(long hubId, RateLimit limit) =>
        string.Create(CultureInfo.InvariantCulture, $"hubspot:{{{hubId}}}:{limit.Name}:last");

    private static RedisKey BeganKey(long hubId, RateLimit limit) =>
        string.Create(CultureInfo.InvariantCulture, $"hubspot:{{{hubId}}}:{limit.Name}:began");

    private static RedisKey BlockKey(long hubId, RateLimit limit) =>
        string.Create(CultureInfo.InvariantCulture, $"hubspot:{{{hubId}}}:{limit.Name}:blocked");

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Redis is away; requests to HubSpot go on at a quarter of the limit")]
        public static partial void RedisAway(ILogger logger);

        [LoggerMessage(LogLevel.Information, "Redis is back; requests to HubSpot use the whole limit again")]
        public static partial void RedisBack(ILogger logger);
    }
}
