using System.Globalization;
using System.Net.Sockets;

namespace HubSpotSync.LocalStack.Processes;

/// <summary>
/// Two stacks that start in the same moment both see a port free before either binds it. So each claims a port first:
/// it binds a local socket of that name, of which there is one on the machine, and which goes with its process.
/// </summary>
internal static class PortClaim
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<int, Socket> Held = [];

    /// <returns>False where another stack on this machine has claimed the port; claiming twice is fine.</returns>
    public static bool TryTake(int port)
    {
        // Names without a file are Linux's own. Elsewhere looking has to do.
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        lock (Gate)
        {
            if (Held.ContainsKey(port))
            {
                return true;
            }

            var socket = Bind(port);
            if (socket is not null)
            {
                Held[port] = socket;
            }

            return socket is not null;
        }
    }

    internal static Socket? Bind(int port)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"\0hubspotsync-port-{port}");
            socket.Bind(new UnixDomainSocketEndPoint(name));
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }
}
