using System.Globalization;
using HubSpotSync.LocalStack.Processes;
using HubSpotSync.LocalStack.Tools;

namespace HubSpotSync.LocalStack.Servers;

/// <summary>A private cluster: its own folder and password, loopback only, no socket file.</summary>
/// <param name="isHasty">Nothing waits for the disk; a power cut may cost the data.</param>
internal sealed class PostgresCluster(Tool initdb, string wantedFolder, string password, bool isHasty)
{
    public const string Owner = "postgres";

    private readonly SystemUser? _user = SystemUser.ForServers();

    private string Folder => ServerFolder.Locate(wantedFolder, _user);

    /// <summary>Makes the cluster where there is none yet; a half-made one (no version file) is made anew.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var folder = ServerFolder.Prepare(wantedFolder, _user);
        var versionFile = Path.Combine(folder, "PG_VERSION");
        if (File.Exists(versionFile) && File.Exists(Path.Combine(folder, "global", "pg_control")))
        {
            CheckVersion(await File.ReadAllTextAsync(versionFile, cancellationToken));
            StrayPostgres.Stop(folder);
            return;
        }

        ServerFolder.Delete(wantedFolder, _user);
        ServerFolder.Prepare(wantedFolder, _user);
        var passwordFile = folder + ".password";
        ServerFolder.WriteSecret(passwordFile, password + "\n", _user);
        try
        {
            await InitialiseAsync(folder, passwordFile, cancellationToken);
        }
        finally
        {
            File.Delete(passwordFile);
        }
    }

    public ProcessSpec Spec(int port) => new(
        initdb.Beside("postgres").Path,
        ["-D", Folder, .. Settings(port).SelectMany(setting => new[] { "-c", setting })])
    {
        Environment = initdb.Environment,
        WorkingFolder = Folder,
        RunAs = _user,
        Stop = StopSignal.Interrupt,
        HardStop = StopSignal.Quit,
    };

    /// <summary>Creates a database unless it is there.</summary>
    public async Task CreateDatabaseAsync(int port, string database, CancellationToken cancellationToken)
    {
        var result = await CommandResult.RunAsync(
            new ProcessSpec(
                initdb.Beside("createdb").Path,
                ["-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-U", Owner, "-w", database])
            {
                Environment = new Dictionary<string, string>(initdb.Environment) { ["PGPASSWORD"] = password },
            },
            cancellationToken);
        if (!result.Errors.Contains("already exists", StringComparison.Ordinal))
        {
            result.ThrowIfFailed($"Creating the database {database}");
        }
    }

    private string[] Settings(int port)
    {
        string[] always =
        [
            "listen_addresses=127.0.0.1", string.Create(CultureInfo.InvariantCulture, $"port={port}"),
            "unix_socket_directories=", "logging_collector=off", "log_destination=stderr", "max_connections=200",
        ];
        return isHasty ? [.. always, "fsync=off", "synchronous_commit=off", "full_page_writes=off"] : always;
    }

    private async Task InitialiseAsync(string folder, string passwordFile, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "-D", folder, "-U", Owner, "-A", "scram-sha-256", $"--pwfile={passwordFile}", "-E", "UTF8",
            OperatingSystem.IsLinux() ? "--locale=C.UTF-8" : "--locale=C", "--no-instructions",
            .. isHasty ? ["--no-sync"] : Array.Empty<string>(),
        ];
        var made = await CommandResult.RunAsync(
            new ProcessSpec(initdb.Path, arguments)
            {
                Environment = initdb.Environment,
                WorkingFolder = folder,
                RunAs = _user,
            },
            cancellationToken);
        made.ThrowIfFailed("initdb");
    }

    private void CheckVersion(string version)
    {
        var found = Path.GetFileName(Path.GetDirectoryName(initdb.Folder));
        if (int.TryParse(found, CultureInfo.InvariantCulture, out var major)
            && version.Trim() != major.ToString(CultureInfo.InvariantCulture))
        {
            throw new InvalidOperationException(
                $"The data in {Folder} is of Postgres {version.Trim()}, but Postgres {major} was found. "
                + "Install the older one, or start with --reset.");
        }
    }
}
