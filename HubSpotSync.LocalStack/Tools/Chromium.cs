using HubSpotSync.LocalStack.Processes;

namespace HubSpotSync.LocalStack.Tools;

/// <summary>A browser for tests.</summary>
public static class Chromium
{
    /// <summary>
    /// The path of a Chromium or Chrome that can be started as it is. Debian's needs <c>--no-sandbox</c> as root.
    /// </summary>
    public static async Task<string> FindOrInstallAsync(CancellationToken cancellationToken)
    {
        var toolbox = Toolbox.Default(Console.Error.WriteLine);
        var tool = await toolbox.FindOrInstallAsync(ToolNeed.Chromium, cancellationToken);
        return tool.Libraries is null ? tool.Path : await WriteStarterAsync(tool, cancellationToken);
    }

    // An unpacked browser needs its libraries named; a starter beside it saves every caller from knowing.
    private static async Task<string> WriteStarterAsync(Tool tool, CancellationToken cancellationToken)
    {
        var starter = Path.Combine(PrivateTools.DefaultFolder(), "chromium-start");
        var variables = $"LD_LIBRARY_PATH='{tool.Libraries}'";
        if (!File.Exists("/etc/fonts/fonts.conf"))
        {
            // A machine without fonts: they were unpacked as well, and fontconfig takes a root for all its paths.
            variables += $" FONTCONFIG_SYSROOT='{Path.Combine(PrivateTools.DefaultFolder(), "root")}'";
        }

        var text = $"#!/bin/sh\n{variables} exec '{tool.Path}' \"$@\"\n";
        if (!File.Exists(starter) || await File.ReadAllTextAsync(starter, cancellationToken) != text)
        {
            var fresh = $"{starter}.{Environment.ProcessId}";
            await File.WriteAllTextAsync(fresh, text, cancellationToken);
            File.SetUnixFileMode(fresh, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            File.Move(fresh, starter, overwrite: true);
        }

        return starter;
    }
}
