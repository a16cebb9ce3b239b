using System.Globalization;
using HubSpotSync.Benchmarks.Stages;
using Npgsql;

namespace HubSpotSync.Benchmarks.Push;

/// <summary>Customers that some other program makes, by plain SQL.</summary>
internal sealed class LocalCustomers(Stage stage)
{
    private const string Columns =
        "id, workspace_id, first_name, last_name, email, phone, job_title, city, country, lifecycle_stage";

    public static string Email(string group, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{group}{number}@local.example");

    public static HashSet<string> Emails(string group, int count) =>
        [.. Enumerable.Range(1, count).Select(number => Email(group, number))];

    /// <summary>Many in one transaction.</summary>
    /// <returns>When it was committed.</returns>
    public async Task<DateTimeOffset> AddAsync(string group, int count, CancellationToken cancellationToken)
    {
        await using var connection = await stage.Database.OpenAsync(cancellationToken);
        return await AddAsync(connection, group, (1, count), cancellationToken);
    }

    public Task<DateTimeOffset> AddOneAsync(
        NpgsqlConnection connection, string group, int number, CancellationToken cancellationToken) =>
        AddAsync(connection, group, (number, number), cancellationToken);

    /// <summary>
    /// The time is the database's, taken as the last statement before the commit: what follows counts as ours.
    /// </summary>
    private async Task<DateTimeOffset> AddAsync(
        NpgsqlConnection connection, string group, (int First, int Last) numbers, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var insert = new NpgsqlCommand(
            $"""
            insert into customers ({Columns})
              select gen_random_uuid(), $1, 'First' || n % 100, 'Last' || n % 1000, $2 || n || '@local.example',
                  '+4331655' || lpad(n::text, 7, '0'), 'Buyer', 'Graz', 'Austria', 'customer'
                from generate_series($3, $4) n
            """,
            connection);
        foreach (var value in (object[])[stage.Engine.WorkspaceId, group, numbers.First, numbers.Last])
        {
            insert.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await insert.ExecuteNonQueryAsync(cancellationToken);
        await using var now = new NpgsqlCommand("select clock_timestamp()", connection);
        var time = (DateTime)(await now.ExecuteScalarAsync(cancellationToken))!; // always answers
        await transaction.CommitAsync(cancellationToken);
        return new DateTimeOffset(time, TimeSpan.Zero);
    }
}
