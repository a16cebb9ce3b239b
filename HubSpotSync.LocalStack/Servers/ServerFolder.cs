using System.Security.Cryptography;
using System.Text;
using HubSpotSync.LocalStack.Processes;

namespace HubSpotSync.LocalStack.Servers;

/// <summary>
/// A folder the server's user can reach. As root the wanted place may lie below a folder that others may not pass
/// (/root, a private temporary folder); then it is /var/lib/hubspotsync/&lt;hash of the wanted path&gt; instead.
/// </summary>
internal static class ServerFolder
{
    private const string SharedRoot = "/var/lib/hubspotsync";
    private const UnixFileMode Passable = (UnixFileMode)0b111_001_001;
    private const UnixFileMode OwnerOnly = (UnixFileMode)0b111_000_000;

    public static string Locate(string wanted, SystemUser? user)
    {
        var full = Path.GetFullPath(wanted);
        if (user is null || Path.GetDirectoryName(full) is not { } parent || IsPassable(parent))
        {
            return full;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(full)))[..16];
        return Path.Combine(SharedRoot, hash, Path.GetFileName(full));
    }

    /// <summary>Makes the folder, for the server's user only.</summary>
    public static string Prepare(string wanted, SystemUser? user)
    {
        var folder = Locate(wanted, user);
        if (IsShared(folder))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder)!, Passable); // it has a parent: SharedRoot/<hash>
        }

        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder, OwnerOnly);
        }

        // All of it: the user can be another one than last time, once a package brought its own.
        Give(folder, user);
        var entries = Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories);
        foreach (var entry in user is null ? [] : entries)
        {
            Give(entry, user);
        }

        return folder;
    }

    /// <summary>Writes a file only the server's user can read.</summary>
    public static void WriteSecret(string path, string text, SystemUser? user)
    {
        File.Delete(path);
        using (var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
        }

        Give(path, user);
    }

    public static void Delete(string wanted, SystemUser? user)
    {
        foreach (var folder in new[] { Path.GetFullPath(wanted), Locate(wanted, user) }.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }

        if (Path.GetDirectoryName(Locate(wanted, user)) is { } parent && IsShared(parent)
            && Directory.Exists(parent) && !Directory.EnumerateFileSystemEntries(parent).Any())
        {
            Directory.Delete(parent);
        }
    }

    /// <summary>Sees to it that the data goes even if this process is killed.</summary>
    public static void DeleteAtEnd(string wanted, SystemUser? user)
    {
        var folder = Locate(wanted, user);
        Reaper.Shared.DeleteAtEnd(folder);
        if (Path.GetDirectoryName(folder) is { } parent && IsShared(parent))
        {
            Reaper.Shared.DeleteAtEnd(parent);
        }
    }

    private static bool IsShared(string folder) => folder.StartsWith(SharedRoot + "/", StringComparison.Ordinal);

    private static bool IsPassable(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Directory.Exists(folder) && !File.GetUnixFileMode(folder).HasFlag(UnixFileMode.OtherExecute))
            {
                return false;
            }
        }

        return true;
    }

    private static void Give(string path, SystemUser? user)
    {
        if (user is not null && Native.ChangeOwner(path, user.Id, user.GroupId) != 0)
        {
            throw new InvalidOperationException($"Could not give {path} to the user {user.Name}.");
        }
    }
}
