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

    // A rolling log of the requests of the window, by Redis' own clock. Answers 0 and notes the request, or the
    // milliseconds until there is room.
    private const string TakeScript =
        """
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        local blocked = redis.call('PTTL', KEYS[2])
        if blocked > 0 then return blocked end
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[1])
        if redis.call('ZCARD', KEYS[1]) < tonumber(ARGV[2]) then
          redis.call('ZADD', KEYS[1], now, ARGV[3])
          redis.call('PEXPIRE', KEYS[1], ARGV[1])
          return 0
        end
        local oldest = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
        return math.max(1, oldest[2] + ARGV[1] - now)
        """;

    private readonly LocalBudget _local = new(clock);
    private long _redisPausedUntil;
    private int _toldAway;

    /// <summary>Whether the shared budget is in use right now.</summary>
    public bool IsShared =>
        redis.IsConnected && clock.GetUtcNow().ToUnixTimeMilliseconds() >= Interlocked.Read(ref _redisPausedUntil);

    /// <returns>Zero: go ahead, it is counted. Else how long to wait before asking again.</returns>
    public async Task<TimeSpan> TakeAsync(long hubId, RateLimit limit)
    {
        if (IsShared)
        {
            try
            {
                var wait = (long)await redis.GetDatabase().ScriptEvaluateAsync(
                    TakeScript,
                    [LogKey(hubId, limit), BlockKey(hubId, limit)],
                    [(long)limit.Window.TotalMilliseconds, limit.Requests, Guid.NewGuid().ToString("N")])
                    .WaitAsync(RedisPatience);
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
