using System.Security.Cryptography;
using HubSpotSync.LocalStack.Processes;
using HubSpotSync.LocalStack.Tools;

namespace HubSpotSync.LocalStack.Servers;

/// <summary>
/// A Redis of one's own, for tests and tools; it ends with the process that started it, even a killed one.
/// </summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly RedisInstance _instance;
    private readonly string _folder;
    private readonly ServerOptions _options;
    private ServerRun? _run;

    private RedisServer(RedisInstance instance, string folder, string password, ServerOptions options, int port)
    {
        _instance = instance;
        _folder = folder;
        _options = options;
        Password = password;
        Port = port;
    }

    public int Port { get; }

    public string Password { get; }

    public int? ProcessId => _run?.ProcessId;

    public string ConnectionString => $"localhost:{Port},password={Password}";

    public static Task<RedisServer> StartAsync(string dataFolder, CancellationToken cancellationToken) =>
        StartAsync(dataFolder, ServerOptions.ThrowAwayData, cancellationToken);

    public static async Task<RedisServer> StartAsync(
        string dataFolder, ServerOptions options, CancellationToken cancellationToken)
    {
        var tool = await options.FindAsync(ToolNeed.Redis, cancellationToken);
        var password = KeptSecret.ReadOrCreate(
            Path.GetFullPath(dataFolder) + ".secret", () => RandomNumberGenerator.GetHexString(32, lowercase: true));
        TimeSpan? save = options.ThrowAway ? null : TimeSpan.FromSeconds(60);
        var instance = new RedisInstance(tool, dataFolder, password, save);
        var server = new RedisServer(instance, dataFolder, password, options, options.Port ?? FreePort.Any());
        if (options.ThrowAway)
        {
            ServerFolder.DeleteAtEnd(dataFolder, SystemUser.ForServers());
        }

        await server.StartAgainAsync(cancellationToken);
        return server;
    }

    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        _run = new ServerRun("Redis", _instance.Prepare(Port), token => RedisProbe.AnswersAsync(Port, Password, token));
        await _run.StartAsync(cancellationToken);
    }

    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await StopAsync();
        await StartAgainAsync(cancellationToken);
    }

    public Task StopAsync() => _run?.StopAsync() ?? Task.CompletedTask;

    public Task KillAsync() => _run?.KillAsync() ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_options.ThrowAway)
        {
            ServerFolder.Delete(_folder, SystemUser.ForServers());
            File.Delete(Path.GetFullPath(_folder) + ".secret");
        }
    }
}
