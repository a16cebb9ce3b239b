using StackExchange.Redis;
using HubSpotSync.Worker.Runs;

namespace HubSpotSync.Worker.Locks;

/// <summary>How an attempt to take a lock ended.</summary>
internal enum LockAttempt
{
    Taken,
    HeldByOther,

    /// <summary>Redis does not answer. The lease in Postgres still decides, so the work may go on.</summary>
    RedisAway,
}

/// <summary>
/// One batch run per connection, in Redis. It only keeps two workers from doing the same work twice; what keeps the
/// data right is the lease and the fencing number in Postgres.
/// </summary>
internal sealed partial class ConnectionLock(
    IConnectionMultiplexer redis, WorkerIdentity worker, ILogger<ConnectionLock> logger)
{
    // Redis helps and never decides: one that hangs must not eat up a run's lease.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public Task<LockAttempt> TryTakeAsync(Guid connectionId, TimeSpan time) => AskAsync(
        async database => await database.LockTakeAsync(KeyOf(connectionId), worker.Name, time)
            || await database.LockExtendAsync(KeyOf(connectionId), worker.Name, time)
                ? LockAttempt.Taken
                : LockAttempt.HeldByOther);

    public Task ReleaseAsync(Guid connectionId) => AskAsync(async database =>
    {
        await database.LockReleaseAsync(KeyOf(connectionId), worker.Name);
        return LockAttempt.Taken;
    });

    private static RedisKey KeyOf(Guid connectionId) => $"run:{connectionId}";

    private async Task<LockAttempt> AskAsync(Func<IDatabase, Task<LockAttempt>> ask)
    {
        if (!redis.IsConnected)
        {
            return LockAttempt.RedisAway;
        }

        try
        {
            return await ask(redis.GetDatabase()).WaitAsync(Patience);
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            Log.RedisAway(logger, error.GetType().Name);
            return LockAttempt.RedisAway;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Redis is away ({Error}); the lease in Postgres alone guards the run")]
        public static partial void RedisAway(ILogger logger, string error);
    }
}
