using HubSpotSync.LocalStack.Processes;

namespace HubSpotSync.LocalStack.Tools;

/// <summary>
/// Finds a program, or brings it: by the package manager as root, unpacked into a private folder otherwise.
/// </summary>
public sealed class Toolbox(ToolSearch search, string privateFolder, Action<string> say)
{
    public const string FolderVariable = "HUBSPOTSYNC_TOOLS";
    public const string NoInstallVariable = "HUBSPOTSYNC_NO_INSTALL";

    private readonly PrivateTools _private = new(privateFolder);

    public static Toolbox Default(Action<string> say) => new(ToolSearch.Default(), PrivateTools.DefaultFolder(), say);

    public async Task<Tool> FindOrInstallAsync(ToolNeed need, CancellationToken cancellationToken)
    {
        if (Find(need) is { } found)
        {
            return found;
        }

        switch (Decide())
        {
            case InstallDecision.InstallPackage:
                var packages = string.Join(' ', need.Packages);
                say($"Installing {need.Title} ({packages}) with apt-get; its own service stays off.");
                await AptInstall.RunAsync(need.Packages, () => Find(need) is not null, cancellationToken);
                break;
            case InstallDecision.UnpackPrivately:
                say($"Unpacking {need.Title} into {privateFolder} (no root needed, nothing is installed).");
                await new AptUnpack(privateFolder, Apt.MoreOptions()).RunAsync(need.Packages, cancellationToken);
                break;
        }

        return Find(need) ?? throw new ToolMissingException(
            $"{need.Title} was not found. "
            + $"Install it: apt-get install {string.Join(' ', need.Packages)} (Debian, Ubuntu), "
            + $"{need.Elsewhere}; or put its folder on PATH.");
    }

    public Tool? Find(ToolNeed need) =>
        need.Names.Select(search.Find).FirstOrDefault(path => path is not null) is { } path
            ? new Tool(path, null)
            : _private.Find(need);

    private static InstallDecision Decide() => new MachineFacts(
        Found: false,
        HasApt: ToolSearch.OnPath("apt-get") is not null && ToolSearch.OnPath("dpkg") is not null,
        ProcessEnvironment.IsRoot,
        MayInstall: ProcessEnvironment.Read(NoInstallVariable) is not ("1" or "true")).Decide();
}
