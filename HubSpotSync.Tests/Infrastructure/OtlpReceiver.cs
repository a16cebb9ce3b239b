using System.Collections.Concurrent;
using System.Text;

namespace HubSpotSync.Tests.Infrastructure;

/// <summary>
/// Takes OTLP over HTTP and keeps every payload. Texts lie in protobuf as they are, so they can be searched for.
/// </summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Path, string Payload)> _payloads;
    private readonly ScriptedServer _server;

    private OtlpReceiver(ScriptedServer server, ConcurrentQueue<(string Path, string Payload)> payloads) =>
        (_server, _payloads) = (server, payloads);

    /// <summary>What a host has to be told to send here, and soon.</summary>
    public IEnumerable<(string Name, string Value)> Settings =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", _server.Url.AbsoluteUri),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_METRIC_EXPORT_INTERVAL", "500"),
        ("OTEL_BSP_SCHEDULE_DELAY", "200"),
        ("OTEL_BLRP_SCHEDULE_DELAY", "200"),
    ];

    public IReadOnlyList<(string Path, string Payload)> Payloads => [.. _payloads];

    public static async Task<OtlpReceiver> StartAsync()
    {
        var payloads = new ConcurrentQueue<(string Path, string Payload)>();
        return new OtlpReceiver(
            await ScriptedServer.StartAsync(async context =>
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body);
                payloads.Enqueue((context.Request.Path.Value ?? "", Encoding.Latin1.GetString(body.ToArray())));
            }),
            payloads);
    }

    public Task<bool> SeeAsync(string path, string text) => Eventually.BeTrueAsync(
        () => Task.FromResult(_payloads.Any(
            one => one.Path == path && one.Payload.Contains(text, StringComparison.Ordinal))),
        TimeSpan.FromSeconds(30),
        $"'{text}' to arrive at {path}");

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
