using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace HubSpotSync.Data;

/// <summary>
/// Tells Postgres for which workspace a connection works, whenever one is opened. Npgsql resets a session when it goes
/// back to its pool, so nothing is left for the next user. Plans are not compiled: those with many small steps look
/// dear to Postgres, and compiling one takes longer than any statement of ours.
/// </summary>
internal sealed class WorkspaceInterceptor : DbConnectionInterceptor
{
    /// <summary>
    /// A process that stands still in the middle of a transaction loses its session: its locks would outlast its lease,
    /// and nobody could take over its work.
    /// </summary>
    private const string LongestStandstill = "10s";

    public static WorkspaceInterceptor Instance { get; } = new();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (Command(connection, eventData) is { } command)
        {
            using (command)
            {
                command.ExecuteNonQuery();
            }
        }
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (Command(connection, eventData) is { } command)
        {
            await using (command)
            {
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
        }
    }

    private static DbCommand? Command(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (eventData.Context is not CrmDbContext { WorkspaceId: var workspace } db || workspace == Guid.Empty)
        {
            return null;
        }

        var command = connection.CreateCommand();
        command.CommandText =
            $"""
            select set_config('app.workspace_id', $1, false), set_config('app.actor', $2, false),
              set_config('idle_in_transaction_session_timeout', '{LongestStandstill}', false),
              set_config('jit', 'off', false)
            """;
        command.Parameters.Add(Parameter(command, workspace.ToString()));
        command.Parameters.Add(Parameter(command, db.Actor));
        return command;
    }

    private static DbParameter Parameter(DbCommand command, string value)
    {
        var parameter = command.CreateParameter();
        parameter.Value = value;
        return parameter;
    }
}
