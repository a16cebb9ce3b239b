using HubSpotSync.LocalStack.Processes;

namespace HubSpotSync.LocalStack.Tools;

/// <summary>
/// Installs packages as root and sees to it that no service and no default cluster of theirs comes up.
/// </summary>
internal static class AptInstall
{
    private const string ClusterSettings = "/etc/postgresql-common/createcluster.conf";

    public static async Task RunAsync(
        IReadOnlyList<string> packages, Func<bool> isThere, CancellationToken cancellationToken)
    {
        await using var only = await InstallLock.TakeAsync("/var/lock/hubspotsync-install.lock", cancellationToken);
        if (isThere())
        {
            return;
        }

        using var noServices = ServicePolicy.ForbidStarts();
        if (!Apt.HasLists())
        {
            await UpdateAsync(cancellationToken);
        }

        if (packages.Contains("postgresql"))
        {
            // postgresql-common brings the setting, which has to be off before a server package reads it.
            await InstallAsync(["postgresql-common"], cancellationToken);
            await NoDefaultClusterAsync(cancellationToken);
        }

        await InstallAsync(packages, cancellationToken);
    }

    private static async Task InstallAsync(IReadOnlyList<string> packages, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            .. Apt.MoreOptions(),
            "install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300",
            .. packages,
        ];
        // Never cancelled: a dpkg that was stopped half-way has to be repaired by hand.
        cancellationToken.ThrowIfCancellationRequested();
        if ((await Apt.RunAsync("apt-get", arguments, null, CancellationToken.None)).ExitCode == 0)
        {
            return;
        }

        // Lists that are older than the mirror name packages that are gone: once more with fresh ones.
        await UpdateAsync(cancellationToken);
        var second = await Apt.RunAsync("apt-get", arguments, null, CancellationToken.None);
        if (second.ExitCode != 0)
        {
            throw new ToolMissingException($"apt-get install {string.Join(' ', packages)} failed: {second.LastLine}");
        }
    }

    private static Task<CommandResult> UpdateAsync(CancellationToken cancellationToken) => Apt.RunAsync(
        "apt-get",
        [.. Apt.MoreOptions(), "update", "-o", "DPkg::Lock::Timeout=300"],
        null,
        cancellationToken);

    private static async Task NoDefaultClusterAsync(CancellationToken cancellationToken)
    {
        const string Off = "create_main_cluster = false";
        var lines = File.Exists(ClusterSettings)
            ? await File.ReadAllLinesAsync(ClusterSettings, cancellationToken)
            : [];
        var others = lines.Where(
            line => !line.TrimStart('#', ' ').StartsWith("create_main_cluster", StringComparison.Ordinal));
        await File.WriteAllLinesAsync(ClusterSettings, [.. others, Off], cancellationToken);
    }
}
