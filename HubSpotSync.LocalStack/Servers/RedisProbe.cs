using System.Net.Sockets;
using System.Text;

namespace HubSpotSync.LocalStack.Servers;

/// <summary>AUTH, then PING, over a socket: healthy is "+OK" and "+PONG".</summary>
internal static class RedisProbe
{
    public static async Task<bool> AnswersAsync(int port, string password, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(2));
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port, limit.Token);
            await using var stream = client.GetStream();
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"AUTH {password}\r\nPING\r\n"), limit.Token);
            using var reader = new StreamReader(stream);
            return await reader.ReadLineAsync(limit.Token) == "+OK"
                && await reader.ReadLineAsync(limit.Token) == "+PONG";
        }
        catch (Exception error) when (error is SocketException or IOException
            || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
