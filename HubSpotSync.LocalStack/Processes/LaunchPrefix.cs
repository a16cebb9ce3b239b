namespace HubSpotSync.LocalStack.Processes;

/// <summary>
/// What stands before a command: setsid, so that Ctrl+C on the terminal reaches only the AppHost, which then stops
/// things in order; and setpriv or runuser to give up root. Each replaces itself by what follows, so the process
/// number stays that of the server.
/// </summary>
internal static class LaunchPrefix
{
    public static IReadOnlyList<string> For(SystemUser? user, Func<string, string?> find)
    {
        List<string> prefix = find("setsid") is { } setsid ? [setsid] : [];
        if (user is null)
        {
            return prefix;
        }

        if (find("setpriv") is { } setpriv)
        {
            return [.. prefix, setpriv, $"--reuid={user.Id}", $"--regid={user.GroupId}", "--clear-groups", "--"];
        }

        return find("runuser") is { } runuser
            ? [.. prefix, runuser, "-u", user.Name, "--"]
            : throw new InvalidOperationException(
                "Neither setpriv nor runuser is there to give up root: install util-linux.");
    }
}
