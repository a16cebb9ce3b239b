using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace HubSpotSync.Data.Migrations;

/// <summary>
/// Brings the database to the newest schema: the SQL files of this folder, by name, each in a transaction of its own,
/// each once. Runs as the schema's owner; nobody else needs that login. Two runs at once wait for each other.
/// </summary>
public sealed partial class DatabaseMigrator(
    string ownerConnectionString, string appPassword, ILogger<DatabaseMigrator> logger)
{
    /// <summary>The login of Portal and Worker. It owns no table and row-level policies bind it.</summary>
    public const string AppRole = "hubspotsync_app";

    private const long AdvisoryLock = 4_827_001_337;

    /// <returns>How many files were applied.</returns>
    /// <exception cref="InvalidOperationException">A file that was applied before has changed since.</exception>
    public async Task<int> MigrateAsync(CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(ownerConnectionString);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(connection, $"select pg_advisory_lock({AdvisoryLock})", cancellationToken);
        await EnsureAppRoleAsync(connection, cancellationToken);
        await ExecuteAsync(
            connection,
            """
            create table if not exists schema_migrations (
              name text primary key, checksum text not null, applied_at timestamptz not null default now())
            """,
            cancellationToken);
        var applied = await ReadAppliedAsync(connection, cancellationToken);
        var count = 0;
        foreach (var (name, sql) in ReadFiles())
        {
            var checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
            if (applied.TryGetValue(name, out var known))
            {
                if (known != checksum)
                {
                    throw new InvalidOperationException(
                        $"Migration {name} was changed after it was applied. Add a new file instead.");
                }

                continue;
            }

            await ApplyAsync(connection, name, sql, checksum, cancellationToken);
            Log.Applied(logger, name);
            count++;
        }

        return count;
    }

    private static async Task ApplyAsync(
        NpgsqlConnection connection, string name, string sql, string checksum, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, sql, cancellationToken);
        await using var remember = new NpgsqlCommand(
            "insert into schema_migrations (name, checksum) values ($1, $2)", connection, transaction)
        {
            Parameters = { new() { Value = name }, new() { Value = checksum } },
        };
        await remember.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>The password is set on every run, so that a new one takes effect with the next start.</summary>
    private async Task EnsureAppRoleAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await ExecuteAsync(
            connection,
            $"""
            do $$ begin
              create role {AppRole} login noinherit nosuperuser nobypassrls nocreatedb nocreaterole;
            exception when duplicate_object or unique_violation then null;
            end $$
            """,
            cancellationToken);
        await using var format = new NpgsqlCommand($"select format('alter role {AppRole} password %L', $1)", connection)
        {
            Parameters = { new() { Value = appPassword } },
        };
        var alterRole = (string)(await format.ExecuteScalarAsync(cancellationToken))!; // format() of no null gives text
        await ExecuteAsync(connection, alterRole, cancellationToken);
    }

    private static async Task<Dictionary<string, string>> ReadAppliedAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var applied = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var command = new NpgsqlCommand("select name, checksum from schema_migrations", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            applied.Add(reader.GetString(0), reader.GetString(1));
        }

        return applied;
    }

    private static IEnumerable<(string Name, string Sql)> ReadFiles()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = $"{typeof(DatabaseMigrator).Namespace}.";
        var files = assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        foreach (var resource in files)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!); // listed just above
            yield return (resource[prefix.Length..], reader.ReadToEnd());
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Applied migration {Name}")]
        public static partial void Applied(ILogger logger, string name);
    }
}
