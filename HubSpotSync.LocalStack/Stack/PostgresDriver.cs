using Aspire.Hosting.ApplicationModel;
using HubSpotSync.LocalStack.Processes;
using HubSpotSync.LocalStack.Servers;
using HubSpotSync.LocalStack.Tools;

namespace HubSpotSync.LocalStack.Stack;

internal sealed class PostgresDriver(
    PostgresServerResource resource, IReadOnlyList<string> databases, string folder, bool throwAway, Toolbox toolbox)
    : IResourceDriver
{
    private PostgresCluster? _cluster;

    public bool RunsOnce => false;

    private int Port => resource.PrimaryEndpoint.Port;

    public async Task<ProcessSpec> PrepareAsync(CancellationToken cancellationToken)
    {
        var initdb = await toolbox.FindOrInstallAsync(ToolNeed.Postgres, cancellationToken);
        var password = await resource.PasswordParameter.GetValueAsync(cancellationToken) ?? "";
        _cluster = new PostgresCluster(initdb, folder, password, throwAway);
        await _cluster.PrepareAsync(cancellationToken);
        return _cluster.Spec(Port);
    }

    public Task<bool> IsHealthyAsync(CancellationToken cancellationToken) =>
        PostgresProbe.AnswersAsync(Port, cancellationToken);

    public async Task BecameHealthyAsync(CancellationToken cancellationToken)
    {
        foreach (var database in databases)
        {
            await _cluster!.CreateDatabaseAsync(Port, database, cancellationToken); // prepared before it was started
        }
    }
}
