using HubSpotSync.LocalStack.Processes;

namespace HubSpotSync.LocalStack.Tools;

internal static class Apt
{
    public const string OptionsVariable = "HUBSPOTSYNC_APT_OPTIONS";

    /// <summary>RUNLEVEL=1 and the policy file keep a package's own service from being started.</summary>
    public static Task<CommandResult> RunAsync(
        string command, IReadOnlyList<string> arguments, string? folder, CancellationToken cancellationToken) =>
        CommandResult.RunAsync(
            new ProcessSpec(command, arguments)
            {
                WorkingFolder = folder,
                OutlivesUs = true,
                Environment = new Dictionary<string, string>
                {
                    ["DEBIAN_FRONTEND"] = "noninteractive",
                    ["RUNLEVEL"] = "1",
                    ["LC_ALL"] = "C",
                },
            },
            cancellationToken);

    /// <summary>
    /// For machines behind a proxy or with a mirror: <c>-o Acquire::http::Proxy=…</c>, split at spaces.
    /// </summary>
    public static IReadOnlyList<string> MoreOptions() =>
        (ProcessEnvironment.Read(OptionsVariable) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public static bool HasLists() => Directory.Exists("/var/lib/apt/lists")
        && Directory.EnumerateFiles("/var/lib/apt/lists", "*_Packages*").Any();
}
