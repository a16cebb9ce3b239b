using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace HubSpotSync.LocalStack.Servers;

/// <summary>
/// Opens a connection and asks to log in. A server that takes connections answers with an authentication request
/// ('R'); one that still starts or recovers answers with an error. Protocol: PostgreSQL documentation, chapter 55.
/// </summary>
internal static class PostgresProbe
{
    private const int ProtocolVersion = 3 << 16;

    public static async Task<bool> AnswersAsync(int port, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(2));
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port, limit.Token);
            await using var stream = client.GetStream();
            await stream.WriteAsync(StartupMessage(), limit.Token);
            var answer = new byte[1];
            return await stream.ReadAsync(answer, limit.Token) == 1 && answer[0] == (byte)'R';
        }
        catch (Exception error) when (error is SocketException or IOException
            || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private static byte[] StartupMessage()
    {
        var body = Encoding.ASCII.GetBytes($"user\0{PostgresCluster.Owner}\0database\0postgres\0\0");
        var message = new byte[8 + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(message, message.Length);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4), ProtocolVersion);
        body.CopyTo(message, 8);
        return message;
    }
}
