using System.Globalization;
using HubSpotSync.FakeHubSpot.Faults;
using HubSpotSync.Tests.Infrastructure;
using StackExchange.Redis;

namespace HubSpotSync.Tests.Schedules;

/// <summary>What goes wrong with calls to HubSpot and with the servers.</summary>
internal sealed record Trouble(string Name, string Method, string Path, Fault Fault, int Times)
{
    private static readonly string[] Reads = ["*", "*/batch/read*", "*/search", "/crm/objects/2026-09/contacts"];
    private static readonly Lazy<Task<ConnectionMultiplexer>> Redis = new(ConnectRedisAsync);
    private static readonly string[] Writes = ["*/batch/update", "*/batch/upsert"];

    public static Trouble Draw(Random random)
    {
        var times = random.Next(1, 3);
        return random.Next(12) switch
        {
            0 => new("500", "*", Any(random, Reads), Fault.With(500), times),
            1 => new("503", "*", Any(random, Reads), Fault.With(503), times),
            2 => new("429", "*", Any(random, Reads), Fault.With(429, 1), times),
            3 => new("423", "POST", Any(random, Writes), Fault.With(423), times),
            4 => new("dropped", "*", Any(random, Reads), Fault.DropBeforeWork, times),
            5 or 6 => new("answer lost", "POST", Any(random, Writes), Fault.DropAfterCommit, times),
            7 => new("500 after it was done", "POST", Any(random, Writes), Fault.WithAfterCommit(500), times),
            8 => new("half an answer", "*", Any(random, [.. Reads, .. Writes]), new Fault
            {
                Answer = FaultAnswer.Half,
                AfterCommit = true,
            }, times),
            9 => new("a page for people", "*", Any(random, Reads), new Fault
            {
                Answer = FaultAnswer.Html,
                Status = 502,
            }, times),
            10 => new("part of a batch", "POST", Any(random, Writes), new Fault
            {
                Answer = FaultAnswer.PartOfBatch,
                FailedRows = [0],
            }, times),
            _ => new("slow", "POST", Any(random, Writes), Fault.Wait(Moment(random)), times),
        };
    }

    public static (string Name, Func<Lane, Tenant, Task> Act) Steal(Random random) => random.Next(4) switch
    {
        0 or 1 => ("every lease ends", EndLeasesAsync),
        2 => ("Redis forgets everything", async (_, _) =>
        {
            var redis = await Redis.Value;
            await redis.GetServer(redis.GetEndPoints()[0]).FlushAllDatabasesAsync();
        }),
        _ => ("the database ends every session", (lane, _) => lane.Database.ExecuteAsync(
            """
            select pg_terminate_backend(pid) from pg_stat_activity
              where datname = current_database() and usename = 'hubspotsync_app'
                and application_name not like 'schedule%'
            """)),
    };

    /// <summary>What happens to the work of somebody who was frozen for too long.</summary>
    public static async Task EndLeasesAsync(Lane lane, Tenant tenant)
    {
        await tenant.Local.ScalarAsync<object>(
            """
            update sync_runs set lease_until = now(), lease_owner = 'gone'
              where connection_id = $connection and state = 'Running' and lease_until is not null
            """);
        await tenant.Local.ScalarAsync<object>(
            """
            update sync_requests set lease_until = now(), lease_owner = 'gone'
              where connection_id = $connection and lease_until is not null
            """);
    }

    /// <summary>As if the seconds of HubSpot's limits had passed.</summary>
    public static async Task ForgetLimitsAsync(Tenant tenant)
    {
        var account = string.Create(CultureInfo.InvariantCulture, $"hubspot:{{{tenant.HubSpot.Account.PortalId}}}");
        var redis = (await Redis.Value).GetDatabase();
        await redis.KeyDeleteAsync(
        [
            .. from limit in (string[])["search", "burst"]
               from what in (string[])["", ":blocked", ":news", ":last"]
               select (RedisKey)$"{account}:{limit}{what}",
        ]);
    }

    private static async Task<ConnectionMultiplexer> ConnectRedisAsync()
    {
        var options = ConfigurationOptions.Parse((await Servers.ForgetfulRedisAsync()).ConnectionString);
        options.AllowAdmin = true;
        return await ConnectionMultiplexer.ConnectAsync(options);
    }

    private static TimeSpan Moment(Random random) => TimeSpan.FromMilliseconds(random.Next(1, 120));

    private static string Any(Random random, string[] among) => among[random.Next(among.Length)];
}
