using HubSpotSync.LocalStack.Processes;
using HubSpotSync.LocalStack.Servers;
using Npgsql;
using StackExchange.Redis;

namespace HubSpotSync.Tests.LocalStack;

public sealed class ServerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_private_cluster_answers_with_its_own_password_only_and_never_runs_as_root()
    {
        await using var postgres = await PostgresServer.StartAsync(Path.Combine(_folder.Path, "pg"), Cancellation);

        Assert.Equal(1, await ScalarAsync(postgres.ConnectionString, "select 1"));
        Assert.Equal("127.0.0.1", await ScalarAsync(postgres.ConnectionString, "show listen_addresses"));
        var wrong = postgres.ConnectionString.Replace(postgres.Password, "wrong", StringComparison.Ordinal);
        await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(wrong, "select 1"));
        var status = await File.ReadAllLinesAsync($"/proc/{postgres.ProcessId}/status", Cancellation);
        Assert.DoesNotContain("Uid:\t0\t", string.Join('\n', status), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_survives_a_kill_and_a_second_start()
    {
        var folder = Path.Combine(_folder.Path, "pg");
        await using (var first = await PostgresServer.StartAsync(folder, ServerOptions.LastingData, Cancellation))
        {
            await first.CreateDatabaseAsync("crm", Cancellation);
            await ScalarAsync(first.ConnectionStringFor("crm"), "create table kept as select 42 as answer");
            await first.KillAsync();
            await first.StartAgainAsync(Cancellation);
            Assert.Equal(42, await ScalarAsync(first.ConnectionStringFor("crm"), "select answer from kept"));
        }

        await using var second = await PostgresServer.StartAsync(folder, ServerOptions.LastingData, Cancellation);
        await second.CreateDatabaseAsync("crm", Cancellation);

        Assert.Equal(42, await ScalarAsync(second.ConnectionStringFor("crm"), "select answer from kept"));
        await second.StopAsync();
        ServerFolder.Delete(folder, SystemUser.ForServers());
    }

    [Fact]
    public async Task Servers_side_by_side_do_not_meet()
    {
        var started = await Task.WhenAll(
            RedisServer.StartAsync(Path.Combine(_folder.Path, "a"), Cancellation),
            RedisServer.StartAsync(Path.Combine(_folder.Path, "b"), Cancellation));
        await using var one = started[0];
        await using var two = started[1];

        Assert.NotEqual(one.Port, two.Port);
        Assert.True(await RedisProbe.AnswersAsync(one.Port, one.Password, Cancellation));
        Assert.False(await RedisProbe.AnswersAsync(one.Port, two.Password, Cancellation));
        await one.RestartAsync(Cancellation);
        Assert.True(await RedisProbe.AnswersAsync(one.Port, one.Password, Cancellation));
        using var client = await ConnectionMultiplexer.ConnectAsync(one.ConnectionString);
        Assert.True(await client.GetDatabase().StringSetAsync("key", "value"));
    }

    [Fact]
    public async Task Throw_away_data_is_gone_afterwards()
    {
        var folder = Path.Combine(_folder.Path, "redis");
        var located = ServerFolder.Locate(folder, SystemUser.ForServers());

        var redis = await RedisServer.StartAsync(folder, Cancellation);
        Assert.True(Directory.Exists(located));
        await redis.DisposeAsync();

        Assert.False(Directory.Exists(located));
    }

    private static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancellation);
    }
}
