using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace HubSpotSync.Tests.Portal.Billing;

/// <summary>A mail relay on a free port that answers as the test says, and keeps what it took.</summary>
internal sealed class SmtpRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    public SmtpRelay()
    {
        _listener.Start();
        _loop = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The messages that were sent to the end.</summary>
    public ConcurrentQueue<string> Taken { get; } = new();

    public int Visits { get; private set; }

    /// <summary>What is answered to RCPT.</summary>
    public string ToRecipient { get; set; } = "250 OK";

    /// <summary>Takes the message and hangs up instead of saying so.</summary>
    public bool HangsUpAfterTaking { get; set; }

    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Visits++;
                await ServeAsync(client);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or IOException)
        {
            // the test is over, or the client hung up
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 relay");
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            if (line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
            {
                await writer.WriteLineAsync("354 go on");
                await TakeAsync(reader);
                if (HangsUpAfterTaking)
                {
                    return;
                }
            }

            await writer.WriteLineAsync(line.Split(' ')[0].ToUpperInvariant() switch
            {
                "RCPT" => ToRecipient,
                "QUIT" => "221 bye",
                _ => "250 OK",
            });
        }
    }

    private async Task TakeAsync(StreamReader reader)
    {
        var message = new List<string>();
        while (await reader.ReadLineAsync(_stop.Token) is { } line and not ".")
        {
            message.Add(line);
        }

        Taken.Enqueue(string.Join('\n', message));
    }
}
