using Npgsql;

namespace HubSpotSync.Tests.Infrastructure;

public static class SqlExtensions
{
    public static async Task<List<T>> ListAsync<T>(this NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(await reader.GetFieldValueAsync<T>(0));
        }

        return rows;
    }

    /// <returns>How many rows were touched.</returns>
    public static async Task<int> RunAsync(this NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        return await command.ExecuteNonQueryAsync();
    }

    /// <returns>The state with which Postgres refuses the statement, or <c>null</c> where it does not.</returns>
    public static async Task<string?> RefusalAsync(this NpgsqlConnection connection, string sql, params object[] values)
    {
        try
        {
            await connection.RunAsync(sql, values);
            return null;
        }
        catch (PostgresException refused)
        {
            return refused.SqlState;
        }
    }

    /// <summary>A question to the database as its owner.</summary>
    public static async Task<List<T>> ListAsync<T>(this TestDatabase database, string sql)
    {
        await using var connection = new NpgsqlConnection(database.OwnerConnectionString);
        await connection.OpenAsync();
        return await connection.ListAsync<T>(sql);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
