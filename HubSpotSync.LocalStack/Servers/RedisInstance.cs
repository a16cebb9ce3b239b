using System.Globalization;
using HubSpotSync.LocalStack.Processes;
using HubSpotSync.LocalStack.Tools;

namespace HubSpotSync.LocalStack.Servers;

/// <summary>
/// A private Redis: own folder, port and password, loopback only. The password is in a file, not on the command
/// line.
/// </summary>
internal sealed class RedisInstance(Tool server, string wantedFolder, string password, TimeSpan? saveInterval)
{
    private readonly SystemUser? _user = SystemUser.ForServers();

    public ProcessSpec Prepare(int port)
    {
        var folder = ServerFolder.Prepare(wantedFolder, _user);
        var settings = Path.Combine(folder, "redis.conf");
        ServerFolder.WriteSecret(settings, Settings(port, folder), _user);
        return new ProcessSpec(server.Path, [settings])
        {
            Environment = server.Environment,
            WorkingFolder = folder,
            RunAs = _user,
        };
    }

    private string Settings(int port, string folder)
    {
        var save = saveInterval is { } interval
            ? string.Create(CultureInfo.InvariantCulture, $"save {(int)interval.TotalSeconds} 1")
            : "save \"\"";
        return string.Create(CultureInfo.InvariantCulture, $"""
            bind 127.0.0.1
            port {port}
            protected-mode yes
            requirepass {password}
            dir "{folder}"
            daemonize no
            logfile ""
            {save}

            """);
    }
}
