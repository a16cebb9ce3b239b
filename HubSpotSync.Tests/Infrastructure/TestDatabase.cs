using HubSpotSync.Data.Migrations;
using HubSpotSync.LocalStack.Servers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace HubSpotSync.Tests.Infrastructure;

/// <summary>A database of one's own with the newest schema, copied from one that was migrated once.</summary>
public sealed record TestDatabase(string OwnerConnectionString, string AppConnectionString)
{
    public const string AppPassword = "app-password-of-tests";
    private const string Template = "crm_template";

    private static readonly Lazy<Task> Migrated = new(MigrateTemplateAsync);
    private static readonly SemaphoreSlim OneCopyAtATime = new(1);
    private static int _count;

    public static async Task<TestDatabase> CreateAsync()
    {
        await Migrated.Value;
        var server = await Servers.PostgresAsync();
        var name = $"crm_{Interlocked.Increment(ref _count)}";
        await OneCopyAtATime.WaitAsync();
        try
        {
            await ExecuteAsync(server.ConnectionString, $"create database {name} template {Template}");
        }
        finally
        {
            OneCopyAtATime.Release();
        }

        return On(server, name);
    }

    /// <summary>The same on a server of the caller's own, for tests that kill it.</summary>
    public static async Task<TestDatabase> CreateOnAsync(PostgresServer server)
    {
        ArgumentNullException.ThrowIfNull(server);
        await server.CreateDatabaseAsync("crm", CancellationToken.None);
        var database = On(server, "crm");
        await MigrateAsync(database.OwnerConnectionString);

        // A throw-away server may forget its last commits in a crash, which a real one does not. A setting of the
        // database goes before one of the command line.
        await database.ExecuteAsync("alter database crm set synchronous_commit = on");
        return database;
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(OwnerConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Gives the pooled sessions back: the server has a hundred for all tests.</summary>
    public void CloseSessions()
    {
        string[] pools = [OwnerConnectionString, AppConnectionString, PostgresExtensions.Prepared(AppConnectionString)];
        foreach (var text in pools)
        {
            using var connection = new NpgsqlConnection(text);
            NpgsqlConnection.ClearPool(connection);
        }
    }

    /// <summary>Gives the sessions back and, where it takes memory, the database too.</summary>
    public async Task EndAsync(bool isOver)
    {
        CloseSessions();
        if (isOver && Servers.PostgresIsInMemory)
        {
            var name = new NpgsqlConnectionStringBuilder(OwnerConnectionString).Database;
            var server = await Servers.PostgresAsync();
            await ExecuteAsync(server.ConnectionString, $"drop database if exists {name} with (force)");
        }
    }

    /// <summary>As it was in the beginning, with the same workspace. Keys that a host has in its memory stay.</summary>
    public async Task EmptyAsync(Guid workspaceId)
    {
        const int MostTries = 5;
        for (var tries = 1; ; tries++)
        {
            try
            {
                await ExecuteAsync(
                    $"""
                    do $$
                    declare
                      name text;
                      holds boolean;
                      filled text[] := array['workspaces'];
                    begin
                      for name in select relname from pg_class where relkind = 'r'
                          and relnamespace = 'public'::regnamespace
                          and relname not in ('workspaces', 'data_protection_keys', 'schema_migrations') loop
                        execute format('select exists (select from %I)', name) into holds;
                        filled := case when holds then filled || format('%I', name) else filled end;
                      end loop;
                      execute 'truncate ' || array_to_string(filled, ', ') || ' restart identity cascade';
                      insert into workspaces (id, name) values ('{workspaceId}', 'My company');
                    end
                    $$
                    """);
                return;
            }
            catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.DeadlockDetected
                && tries < MostTries)
            {
                // A loop of the portal was about to look at the same tables.
            }
        }
    }

    /// <summary>Ends when a session of this database waits for a lock; other tests have the same server.</summary>
    /// <param name="what">What is waited for, as it is told where it does not come.</param>
    public Task SeeLockWaitAsync(string what) => Eventually.SeeAsync(
        () => ScalarAsync<long>(
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"),
        waiting => waiting > 0,
        TimeSpan.FromSeconds(60),
        what);

    public Task ExecuteAsync(string sql) => ExecuteAsync(OwnerConnectionString, sql);

    public static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static TestDatabase On(PostgresServer server, string name)
    {
        var owner = new NpgsqlConnectionStringBuilder(server.ConnectionStringFor(name))
        {
            ConnectionIdleLifetime = 2, // the server has two hundred for all tests
            ConnectionPruningInterval = 1,
        };
        var app = new NpgsqlConnectionStringBuilder(server.ConnectionStringFor(name))
        {
            Username = DatabaseMigrator.AppRole,
            Password = AppPassword,
        };
        return new TestDatabase(owner.ConnectionString, app.ConnectionString);
    }

    private static async Task MigrateTemplateAsync()
    {
        var server = await Servers.PostgresAsync();
        await server.CreateDatabaseAsync(Template, CancellationToken.None);
        await MigrateAsync(server.ConnectionStringFor(Template));
        NpgsqlConnection.ClearAllPools(); // a template with an open session can't be copied
    }

    private static Task MigrateAsync(string owner)
    {
        var migrator = new DatabaseMigrator(owner, AppPassword, NullLogger<DatabaseMigrator>.Instance);
        return migrator.MigrateAsync(CancellationToken.None);
    }
}
