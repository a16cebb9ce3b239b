using System.Text.RegularExpressions;

namespace HubSpotSync.LocalStack.Tools;

/// <summary>
/// Fetches packages and what they need that the machine lacks, and unpacks them into a private folder. No root, no
/// package database touched; package lists of our own where the machine's are missing or stale.
/// </summary>
internal sealed partial class AptUnpack(string folder, IReadOnlyList<string> moreOptions)
{
    private string Lists => Path.Combine(folder, "apt", "lists");

    private string[] OwnLists =>
    [
        "-o", $"Dir::State::Lists={Lists}", "-o", $"Dir::Cache={Path.Combine(folder, "apt", "cache")}",
        "-o", "APT::Sandbox::User=root",
    ];

    public async Task RunAsync(IReadOnlyList<string> packages, CancellationToken cancellationToken)
    {
        await using var only = await InstallLock.TakeAsync(Path.Combine(folder, "install.lock"), cancellationToken);
        if (await TryAsync(packages, [.. moreOptions], cancellationToken) is not null)
        {
            Directory.CreateDirectory(Path.Combine(Lists, "partial"));
            Directory.CreateDirectory(Path.Combine(folder, "apt", "cache", "archives", "partial"));
            string[] options = [.. OwnLists, .. moreOptions];
            await Apt.RunAsync("apt-get", [.. options, "update"], folder, cancellationToken);
            if (await TryAsync(packages, options, cancellationToken) is { } error)
            {
                throw new ToolMissingException($"Fetching {string.Join(' ', packages)} failed: {error}");
            }
        }
    }

    /// <summary>Null when it worked, else what went wrong.</summary>
    private async Task<string?> TryAsync(
        IReadOnlyList<string> packages, string[] options, CancellationToken cancellationToken)
    {
        var plan = await Apt.RunAsync(
            "apt-get",
            [.. options, "-o", "Debug::NoLocking=1", "--simulate", "--no-install-recommends", "install", .. packages],
            folder,
            cancellationToken);
        var wanted = PlannedInstall().Matches(plan.Output).Select(match => match.Groups["name"].Value).ToArray();
        if (plan.ExitCode != 0)
        {
            return plan.LastLine;
        }

        var downloads = Directory.CreateDirectory(Path.Combine(folder, "downloads")).FullName;
        var fetched = await Apt.RunAsync(
            "apt-get",
            [.. options, "download", .. wanted.Length > 0 ? wanted : packages],
            downloads,
            cancellationToken);
        if (fetched.ExitCode != 0)
        {
            return fetched.LastLine;
        }

        foreach (var file in Directory.GetFiles(downloads, "*.deb"))
        {
            string[] unpack = ["-x", file, Path.Combine(folder, "root")];
            var unpacked = await Apt.RunAsync("dpkg", unpack, null, cancellationToken);
            unpacked.ThrowIfFailed($"Unpacking {Path.GetFileName(file)}");
            File.Delete(file);
        }

        return null;
    }

    [GeneratedRegex(@"^Inst (?<name>\S+)", RegexOptions.Multiline)]
    private static partial Regex PlannedInstall();
}
