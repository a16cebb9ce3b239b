using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace HubSpotSync.Portal.OutgoingWebhooks;

/// <summary>A name leads into a network that is not called.</summary>
internal sealed class PrivateTargetException() : Exception("A private target.");

/// <summary>
/// Calls the addresses that people gave. The address that a name leads to is checked where it is connected to, and no
/// redirect is followed, so neither can lead elsewhere afterwards.
/// </summary>
internal sealed class WebhookClient : IDisposable
{
    private readonly bool _allowsPrivate;
    private readonly HttpClient _http;

    public WebhookClient(IOptions<WebhookOptions> options)
    {
        _allowsPrivate = options.Value.AllowPrivateTargets;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = options.Value.Patience,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            MaxResponseHeadersLength = 16,
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = options.Value.Patience,
        };
    }

    /// <summary>The body of the answer is not read.</summary>
    public async Task<HttpStatusCode> PostAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        using var answer = await _http.SendAsync(
            message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return answer.StatusCode;
    }

    public void Dispose() => _http.Dispose();

    private async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        IPAddress[] allowed = [.. found.Where(address => _allowsPrivate || PublicAddress.Is(address))];
        if (allowed.Length == 0)
        {
            throw new PrivateTargetException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
