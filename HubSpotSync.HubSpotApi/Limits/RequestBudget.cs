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

    // A rolling log of the requests of the window, by Redis' own clock. Answers how long to wait (0: it is noted) and
    // how many there are. Whoever is urgent and finds no room leaves a mark, for which the others make way.
    private const string TakeScript =
        """
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        local blocked = redis.call('PTTL', KEYS[2])
        if blocked > 0 then return {blocked, 0} end
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[1])
        local sent = redis.call('ZCARD', KEYS[1])
        if ARGV[4] == '0' and redis.call('EXISTS', KEYS[3]) == 1 then return {25, sent} end
        if sent < tonumber(ARGV[2]) then
          redis.call('ZADD', KEYS[1], now, ARGV[3])
          redis.call('PEXPIRE', KEYS[1], ARGV[1])
          if ARGV[4] == '1' then redis.call('DEL', KEYS[3]) end
          return {0, sent + 1}
        end
        local first = sent - tonumber(ARGV[2])
        local oldest = redis.call('ZRANGE', KEYS[1], first, first, 'WITHSCORES')
        local wait = math.max(1, oldest[2] + ARGV[1] - now)
        if ARGV[4] == '1' then redis.call('SET', KEYS[3], '1', 'PX', wait + 200) end
        return {wait, sent}
        """;

    // HubSpot has counted more than we have: somebody else uses the same window. What is missing is noted as sent now.
    private const string CorrectScript =
        """
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[1])
        local missing = tonumber(ARGV[2]) - redis.call('ZCARD', KEYS[1])
        for i = 1, missing do redis.call('ZADD', KEYS[1], now, ARGV[3] .. i) end
        redis.call('PEXPIRE', KEYS[1], ARGV[1])
        return missing
        """;

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

    /// <returns>Zero: go ahead, it is counted. Else how long to wait before asking again.</returns>
    public async Task<TimeSpan> TakeAsync(long hubId, RateLimit usual, BudgetLane lane)
    {
        var limit = _learned.Of(hubId, usual).For(lane);
        if (IsShared)
        {
            try
            {
                var answer = (long[])(await redis.GetDatabase().ScriptEvaluateAsync(
                    TakeScript,
                    [LogKey(hubId, limit), BlockKey(hubId, limit), UrgentKey(hubId, limit)],
                    [
                        (long)limit.Window.TotalMilliseconds,
                        limit.Requests,
                        Guid.NewGuid().ToString("N"),
                        lane.IsUrgent() ? 1 : 0,
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
                CorrectScript,
                [LogKey(hubId, limit)],
                [(long)limit.Window.TotalMilliseconds, used, $"other-{Guid.NewGuid():N}-"]).WaitAsync(RedisPatience);
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
