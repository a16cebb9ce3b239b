using HubSpotSync.LocalStack.Servers;
using HubSpotSync.Tests.Infrastructure;

[assembly: AssemblyFixture(typeof(Servers))]

namespace HubSpotSync.Tests.Infrastructure;

/// <summary>
/// One Postgres and one Redis for all tests, started by the first test that asks: a run of pure tests starts neither.
/// </summary>
public sealed class Servers : IAsyncLifetime
{
    private const string Memory = "/dev/shm";
    private const long EnoughMemory = 4L << 30;

    private static readonly Lazy<Task<PostgresServer>> LazyPostgres =
        new(StartPostgresAsync);

    private static readonly Lazy<Task<RedisServer>> LazyRedis =
        new(() => RedisServer.StartAsync(Folder("redis"), CancellationToken.None));

    private static readonly Lazy<Task<RedisServer>> LazyForgetfulRedis =
        new(() => RedisServer.StartAsync(Folder("redis"), CancellationToken.None));

    /// <summary>
    /// A thousand databases are half a million files, which a disk's file system makes and deletes slowly.
    /// </summary>
    public static bool PostgresIsInMemory { get; } =
        Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace >= EnoughMemory;

    public static Task<PostgresServer> PostgresAsync() => LazyPostgres.Value;

    public static Task<RedisServer> RedisAsync() => LazyRedis.Value;

    /// <summary>For tests that make Redis forget everything, which would hurt whoever shares it.</summary>
    public static Task<RedisServer> ForgetfulRedisAsync() => LazyForgetfulRedis.Value;

    /// <summary>A new empty folder for something that a test starts.</summary>
    public static string Folder(string name) =>
        Directory.CreateTempSubdirectory($"hubspotsync-{name}-").FullName;

    private static async Task<PostgresServer> StartPostgresAsync()
    {
        var folder = PostgresIsInMemory
            ? Path.Combine(Memory, $"hubspotsync-postgres-{Path.GetRandomFileName()}")
            : Folder("postgres");
        var server = await PostgresServer.StartAsync(folder, CancellationToken.None);

        // It would visit every database that a test has left, ten a second.
        await TestDatabase.ExecuteAsync(server.ConnectionString, "alter system set autovacuum = off");
        await TestDatabase.ExecuteAsync(server.ConnectionString, "select pg_reload_conf()");
        return server;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (LazyPostgres.IsValueCreated)
        {
            await (await LazyPostgres.Value).DisposeAsync();
        }

        foreach (var redis in (Lazy<Task<RedisServer>>[])[LazyRedis, LazyForgetfulRedis])
        {
            if (redis.IsValueCreated)
            {
                await (await redis.Value).DisposeAsync();
            }
        }
    }
}
