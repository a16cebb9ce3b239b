using HubSpotSync.Data.Migrations;
using HubSpotSync.LocalStack.Servers;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace HubSpotSync.Benchmarks.Stages;

/// <summary>A Postgres of its own, written with the care of data that counts, with the newest schema.</summary>
internal sealed class StageDatabase : IAsyncDisposable
{
    private const string Name = "crm";
    private const string AppPassword = "app-password-of-benchmarks";
    private static readonly TimeSpan CommandTime = TimeSpan.FromMinutes(10);

    private readonly PostgresServer _server;
    private readonly NpgsqlDataSource _owner;

    private StageDatabase(PostgresServer server)
    {
        _server = server;
        var owner = new NpgsqlConnectionStringBuilder(server.ConnectionStringFor(Name))
        {
            CommandTimeout = (int)CommandTime.TotalSeconds,
        };
        _owner = NpgsqlDataSource.Create(owner);
        AppConnectionString = new NpgsqlConnectionStringBuilder(server.ConnectionStringFor(Name))
        {
            Username = DatabaseMigrator.AppRole,
            Password = AppPassword,
        }.ConnectionString;
    }

    /// <summary>For Portal and Worker.</summary>
    public string AppConnectionString { get; }

    public static async Task<StageDatabase> StartAsync(CancellationToken cancellationToken)
    {
        var server = await PostgresServer.StartAsync(
            StageFolder.New("postgres"), ServerOptions.MeasuredData, cancellationToken);
        await server.CreateDatabaseAsync(Name, cancellationToken);
        var migrator = new DatabaseMigrator(
            server.ConnectionStringFor(Name), AppPassword, NullLogger<DatabaseMigrator>.Instance);
        await migrator.MigrateAsync(cancellationToken);
        return new StageDatabase(server);
    }

    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) =>
        _owner.OpenConnectionAsync(cancellationToken);

    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = _owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<T> ScalarAsync<T>(string sql, CancellationToken cancellationToken)
    {
        await using var command = _owner.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!; // asked only what has an answer
    }

    /// <summary>One column.</summary>
    public async Task<List<T>> ListAsync<T>(string sql, CancellationToken cancellationToken)
    {
        await using var command = _owner.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var values = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            values.Add(reader.GetFieldValue<T>(0));
        }

        return values;
    }

    public async ValueTask DisposeAsync()
    {
        await _owner.DisposeAsync();
        await _server.DisposeAsync();
    }
}
