using System.Security.Cryptography;
using HubSpotSync.LocalStack.Processes;
using HubSpotSync.LocalStack.Tools;

namespace HubSpotSync.LocalStack.Servers;

/// <summary>
/// A Postgres of one's own, for tests and tools: private cluster, own port and password, loopback only. It ends with
/// the process that started it, even a killed one.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly PostgresCluster _cluster;
    private readonly string _folder;
    private readonly ServerOptions _options;
    private ServerRun _run;

    private PostgresServer(PostgresCluster cluster, string folder, string password, ServerOptions options, int port)
    {
        _cluster = cluster;
        _folder = folder;
        _options = options;
        Password = password;
        Port = port;
        _run = NewRun();
    }

    public int Port { get; }

    public string Password { get; }

    /// <summary>The number of the server process, or null while it does not run.</summary>
    public int? ProcessId => _run.ProcessId;

    /// <summary>For the owner of the cluster, to the database <c>postgres</c>.</summary>
    public string ConnectionString => ConnectionStringFor("postgres");

    public static Task<PostgresServer> StartAsync(string dataFolder, CancellationToken cancellationToken) =>
        StartAsync(dataFolder, ServerOptions.ThrowAwayData, cancellationToken);

    public static async Task<PostgresServer> StartAsync(
        string dataFolder, ServerOptions options, CancellationToken cancellationToken)
    {
        var initdb = await options.FindAsync(ToolNeed.Postgres, cancellationToken);
        var passwordFile = Path.GetFullPath(dataFolder) + ".secret";
        var password = KeptSecret.ReadOrCreate(
            passwordFile, () => RandomNumberGenerator.GetHexString(32, lowercase: true));
        var isHasty = options is { ThrowAway: true, IsDurable: false };
        var cluster = new PostgresCluster(initdb, dataFolder, password, isHasty);
        await cluster.PrepareAsync(cancellationToken);
        var server = new PostgresServer(cluster, dataFolder, password, options, options.Port ?? FreePort.Any());
        if (options.ThrowAway)
        {
            ServerFolder.DeleteAtEnd(dataFolder, SystemUser.ForServers());
        }

        await server.StartAgainAsync(cancellationToken);
        return server;
    }

    public string ConnectionStringFor(string database) =>
        $"Host=localhost;Port={Port};Username={PostgresCluster.Owner};Password={Password};Database={database}";

    public Task CreateDatabaseAsync(string database, CancellationToken cancellationToken) =>
        _cluster.CreateDatabaseAsync(Port, database, cancellationToken);

    /// <summary>
    /// Starts it again after <see cref="StopAsync"/> or <see cref="KillAsync"/>: same port, same data.
    /// </summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        StrayPostgres.Stop(ServerFolder.Locate(_folder, SystemUser.ForServers()));
        _run = NewRun();
        await _run.StartAsync(cancellationToken);
    }

    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await StopAsync();
        await StartAgainAsync(cancellationToken);
    }

    public Task StopAsync() => _run.StopAsync();

    /// <summary>kill -9: connections drop, the next start recovers from the log.</summary>
    public Task KillAsync() => _run.KillAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_options.ThrowAway)
        {
            ServerFolder.Delete(_folder, SystemUser.ForServers());
            File.Delete(Path.GetFullPath(_folder) + ".secret");
        }
    }

    private ServerRun NewRun() =>
        new("Postgres", _cluster.Spec(Port), token => PostgresProbe.AnswersAsync(Port, token));
}
