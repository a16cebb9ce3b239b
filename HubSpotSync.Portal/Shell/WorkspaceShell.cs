using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Identity;
using HubSpotSync.Data.Runs;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Shell;

/// <summary>What every page shows around its own content; read once a request.</summary>
internal sealed record ShellState(Workspace Workspace, HubSpotConnection? Connection, SyncRun? ActiveRun)
{
    public bool IsConnected => Connection is { State: ConnectionState.Connected };

    public bool NeedsReconnection => Connection is { State: ConnectionState.NeedsReconnection };
}

internal sealed class WorkspaceShell(CrmDbContext db)
{
    private ShellState? _state;

    /// <returns><c>null</c> where nobody is signed in.</returns>
    public async Task<ShellState?> ReadAsync(CancellationToken cancellationToken)
    {
        if (_state is null && db.WorkspaceId != Guid.Empty)
        {
            var workspace = await db.Workspaces.AsNoTracking().FirstOrDefaultAsync(cancellationToken);
            var connection = await db.Connections.AsNoTracking()
                .Where(row => row.State != ConnectionState.Disconnected)
                .OrderBy(row => row.State == ConnectionState.Disconnecting) // left for the one that is in use
                .FirstOrDefaultAsync(cancellationToken);
            var run = connection is null or { State: ConnectionState.Paused } // nothing moves
                ? null
                : await db.Runs.AsNoTracking().FirstOrDefaultAsync(
                    run => run.ConnectionId == connection.Id
                        && (run.State == RunState.Waiting || run.State == RunState.Running),
                    cancellationToken);
            _state = workspace is null ? null : new ShellState(workspace, connection, run);
        }

        return _state;
    }

    /// <summary>For pages behind sign-in, where the workspace is always known.</summary>
    public async Task<ShellState> RequireAsync(CancellationToken cancellationToken) =>
        await ReadAsync(cancellationToken) ?? throw new InvalidOperationException("No workspace was entered.");

    /// <summary>After a change: the next question reads again.</summary>
    public void Forget() => _state = null;
}
