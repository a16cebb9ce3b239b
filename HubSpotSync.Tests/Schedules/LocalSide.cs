using Npgsql;

namespace HubSpotSync.Tests.Schedules;

/// <summary>Another program that works with the customers of one workspace by plain SQL.</summary>
internal sealed class LocalSide(NpgsqlDataSource source, Guid workspaceId, Guid connectionId)
{
    /// <returns><c>null</c> where somebody here has the address.</returns>
    public async Task<(Guid Id, DateTimeOffset At)?> CreateAsync(IReadOnlyDictionary<string, string?> values)
    {
        var id = Guid.CreateVersion7();
        var names = values.Keys.ToList();
        try
        {
            return (id, await ScalarAsync<DateTime>(
                $"""
                insert into customers (id, workspace_id, {string.Join(", ", names)})
                  values ($1, $2, {string.Join(", ", names.Select((_, i) => $"${i + 3}"))}) returning clock_timestamp()
                """,
                [id, workspaceId, .. names.Select(name => (object?)values[name] ?? DBNull.Value)]));
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return null;
        }
    }

    /// <returns>When it was done, or <c>null</c> where the customer is not there or archived.</returns>
    public async Task<DateTimeOffset?> EditAsync(Guid id, string field, string? value)
    {
        var at = await ScalarAsync<DateTime?>(
            $"update customers set {field} = $2 where id = $1 and archived_at is null returning clock_timestamp()",
            [id, (object?)value ?? DBNull.Value]);
        return at;
    }

    public Task ArchiveAsync(Guid id, bool archived) => ScalarAsync<object>(
        "update customers set archived_at = case when $2 then now() end where id = $1", [id, archived]);

    public Task<Guid?> LocalIdOfAsync(long hubSpotId) => ScalarAsync<Guid?>(
        "select local_id from record_links where connection_id = $1 and kind = 'Contact' and hubspot_id = $2",
        [connectionId, hubSpotId]);

    public Task<long?> HubSpotIdOfAsync(Guid localId) => ScalarAsync<long?>(
        "select hubspot_id from record_links where connection_id = $1 and kind = 'Contact' and local_id = $2",
        [connectionId, localId]);

    public async Task<List<LocalCustomer>> CustomersAsync()
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            select c.id, c.archived_at is not null, l.hubspot_id, l.detached_at is not null, d.hubspot_id,
                {string.Join(", ", Fields.Edited.Select(field => $"c.{field}"))}
              from customers c
              left join record_links l on l.connection_id = $1 and l.kind = 'Contact' and l.local_id = c.id
              left join record_links d on d.connection_id = $1 and d.kind = 'Company' and d.local_id = c.company_id
            """;
        command.Parameters.Add(new NpgsqlParameter { Value = connectionId });
        await using var reader = await command.ExecuteReaderAsync();
        var customers = new List<LocalCustomer>();
        while (await reader.ReadAsync())
        {
            customers.Add(new LocalCustomer(
                reader.GetGuid(0),
                reader.GetBoolean(1),
                reader.IsDBNull(2) ? null : reader.GetInt64(2),
                !reader.IsDBNull(3) && reader.GetBoolean(3),
                reader.IsDBNull(4) ? null : reader.GetInt64(4),
                Fields.Edited.Index().ToDictionary(field => field.Item, field => Text(reader, field.Index + 5))));
        }

        return customers;
    }

    public async Task<List<string>> TextsAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql.Replace("$connection", $"'{connectionId}'", StringComparison.Ordinal);
        await using var reader = await command.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await reader.ReadAsync())
        {
            texts.Add(reader.IsDBNull(0) ? "" : reader.GetString(0));
        }

        return texts;
    }

    /// <summary>Tries again where Postgres chose us to end a deadlock: another program would, too.</summary>
    public async Task<T?> ScalarAsync<T>(string sql, params object[] values)
    {
        while (true)
        {
            try
            {
                return await AskAsync<T>(sql, values);
            }
            catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.DeadlockDetected)
            {
            }
        }
    }

    private async Task<T?> AskAsync<T>(string sql, object[] values)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql.Replace("$connection", $"'{connectionId}'", StringComparison.Ordinal);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return await command.ExecuteScalarAsync() is { } found and not DBNull ? (T)found : default;
    }

    private static string? Text(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = await source.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"select set_config('app.workspace_id', '{workspaceId}', false)";
        await command.ExecuteNonQueryAsync();
        return connection;
    }
}

/// <param name="Company">HubSpot's id of the customer's company.</param>
internal sealed record LocalCustomer(
    Guid Id,
    bool IsArchived,
    long? HubSpotId,
    bool IsDetached,
    long? Company,
    IReadOnlyDictionary<string, string?> Values);
