using System.Globalization;
using Aspire.Hosting;
using HubSpotSync.LocalStack.Processes;
using HubSpotSync.LocalStack.Servers;

namespace HubSpotSync.LocalStack.Stack;

/// <summary>The folder of a stack, held by one AppHost at a time.</summary>
internal sealed class DataFolder : IDisposable
{
    public const string PostgresName = "postgres";
    public const string RedisName = "redis";

    private static readonly string[] Servers = [PostgresName, RedisName];

    private readonly FileStream _lock;
    private readonly bool _throwAway;

    private DataFolder(string path, FileStream @lock, bool throwAway)
    {
        Path = path;
        _lock = @lock;
        _throwAway = throwAway;
    }

    public string Path { get; }

    public string Logs => Directory.CreateDirectory(System.IO.Path.Combine(Path, "logs")).FullName;

    public static DataFolder Open(StackOptions options)
    {
        var folder = options.DataFolder;
        try
        {
            CreatePassable(folder);
            var held = Hold(folder);
            if (options.Reset)
            {
                Clear(folder);
            }

            if (options.ThrowAway)
            {
                foreach (var server in Servers)
                {
                    ServerFolder.DeleteAtEnd(System.IO.Path.Combine(folder, server), SystemUser.ForServers());
                }

                Reaper.Shared.DeleteAtEnd(folder);
            }

            return new DataFolder(folder, held, options.ThrowAway);
        }
        catch (UnauthorizedAccessException)
        {
            throw new DistributedApplicationException(
                $"The data folder {folder} belongs to another user. "
                + $"Set {StackOptions.DataVariable} to a folder of yours.");
        }
    }

    public string Of(string server) => System.IO.Path.Combine(Path, server);

    public void Dispose()
    {
        _lock.Dispose();
        if (_throwAway)
        {
            Clear(Path);
            Directory.Delete(Path, recursive: true);
        }
    }

    // The unprivileged user of the servers passes through, and reads nothing here: every secret file is 0600.
    private static void CreatePassable(string folder) => Directory.CreateDirectory(
        folder, ProcessEnvironment.IsRoot ? (UnixFileMode)0b111_001_001 : (UnixFileMode)0b111_000_000);

    private static FileStream Hold(string folder)
    {
        var file = System.IO.Path.Combine(folder, "lock");
        try
        {
            var held = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(file + ".owner", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return held;
        }
        catch (IOException)
        {
            var owner = File.Exists(file + ".owner") ? File.ReadAllText(file + ".owner") : "?";
            throw new DistributedApplicationException(
                $"Another AppHost (process {owner}) runs on {folder}. "
                + $"Stop it, or set {StackOptions.DataVariable} to another folder.");
        }
    }

    private static void Clear(string folder)
    {
        foreach (var server in Servers)
        {
            ServerFolder.Delete(System.IO.Path.Combine(folder, server), SystemUser.ForServers());
        }

        File.Delete(System.IO.Path.Combine(folder, "secrets.json"));
        if (Directory.Exists(System.IO.Path.Combine(folder, "logs")))
        {
            Directory.Delete(System.IO.Path.Combine(folder, "logs"), recursive: true);
        }
    }
}
