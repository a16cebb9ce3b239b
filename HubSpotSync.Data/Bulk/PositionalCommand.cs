using Npgsql;

namespace HubSpotSync.Data.Bulk;

internal static class PositionalCommand
{
    /// <summary>A command whose values stand for <c>$1</c>, <c>$2</c> and so on.</summary>
    public static NpgsqlCommand CommandOf(this NpgsqlConnection connection, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
