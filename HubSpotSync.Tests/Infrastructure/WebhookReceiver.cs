using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace HubSpotSync.Tests.Infrastructure;

/// <summary>An app's webhook address: keeps what comes, answers as the test says, at once or later.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<ReceivedCall> _calls = new();
    private ScriptedServer _server = null!; // started before anybody gets the receiver
    private int _atOnce;
    private int _mostAtOnce;

    /// <summary>What the next call is answered; awaiting something in it makes the call hang.</summary>
    public Func<ReceivedCall, Task<int>> Answer { get; set; } = static _ => Task.FromResult(204);

    public Uri Url => _server.Url;
    public string Target => new Uri(_server.Url, "/hubspot?from=a%3Ab").AbsoluteUri;
    public IReadOnlyList<ReceivedCall> Calls => [.. _calls];
    public int AtOnce => Volatile.Read(ref _atOnce);
    public int MostAtOnce => Volatile.Read(ref _mostAtOnce);

    /// <summary>The events of all calls that were answered well.</summary>
    public IReadOnlyList<JsonElement> Events =>
        [.. _calls.Where(call => call.Status is >= 200 and < 300).SelectMany(call => call.Events)];

    public static async Task<WebhookReceiver> StartAsync()
    {
        var receiver = new WebhookReceiver();
        receiver._server = await ScriptedServer.StartAsync(receiver.TakeAsync);
        return receiver;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        var now = Interlocked.Increment(ref _atOnce);
        InterlockedMax(now);
        try
        {
            var call = await ReadAsync(http.Request);
            var status = await Answer(call);
            _calls.Enqueue(call with { Status = status });
            http.Response.StatusCode = status;
        }
        finally
        {
            Interlocked.Decrement(ref _atOnce);
        }
    }

    private void InterlockedMax(int now)
    {
        for (var most = _mostAtOnce; now > most; most = _mostAtOnce)
        {
            Interlocked.CompareExchange(ref _mostAtOnce, now, most);
        }
    }

    private static async Task<ReceivedCall> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        var bytes = body.ToArray();
        var told = JsonSerializer.Deserialize<JsonElement>(bytes);
        return new ReceivedCall(
            new Uri(request.GetEncodedUrl()),
            request.Headers.ToDictionary(
                header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            bytes,
            told.ValueKind == JsonValueKind.Array ? [.. told.EnumerateArray()] : [told]); // HubSpot's come in lists
    }
}
