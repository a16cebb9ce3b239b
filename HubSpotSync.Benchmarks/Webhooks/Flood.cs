using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using HubSpotSync.Benchmarks.Measuring;
using HubSpotSync.Benchmarks.Stages;
using HubSpotSync.FakeHubSpot.Webhooks;

namespace HubSpotSync.Benchmarks.Webhooks;

/// <summary>Ten calls at once, a hundred events each, as HubSpot makes them at most, for a minute.</summary>
internal sealed class Flood(Uri target, IReadOnlyList<long> contacts) : IDisposable
{
    public const int Events = 100;
    private const int AtOnce = 10;

    private readonly HttpClient _http = new();
    private long _events;

    public static TimeSpan Time { get; } = TimeSpan.FromMinutes(1);

    public async Task<(Latencies Times, int Refused)> RunAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var callers = Enumerable.Range(0, AtOnce).Select(_ => CallAsync(started, cancellationToken));
        var calls = (await Task.WhenAll(callers)).SelectMany(one => one).ToList();
        return (new Latencies(calls.Select(call => call.Time)), calls.Count(call => !call.IsTaken));
    }

    public void Dispose() => _http.Dispose();

    private async Task<List<(TimeSpan Time, bool IsTaken)>> CallAsync(long started, CancellationToken cancellationToken)
    {
        var calls = new List<(TimeSpan, bool)>();
        while (Stopwatch.GetElapsedTime(started) < Time)
        {
            using var request = Request();
            var sent = Stopwatch.GetTimestamp();
            using var answer = await _http.SendAsync(request, cancellationToken);
            calls.Add((Stopwatch.GetElapsedTime(sent), answer.IsSuccessStatusCode));
        }

        return calls;
    }

    private HttpRequestMessage Request()
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        var body = JsonSerializer.SerializeToUtf8Bytes(Enumerable.Range(0, Events).Select(_ => Event(now)));
        var milliseconds = now.ToUnixTimeMilliseconds();
        return new HttpRequestMessage(HttpMethod.Post, target)
        {
            Content = new ByteArrayContent(body) { Headers = { { "Content-Type", "application/json" } } },
            Headers =
            {
                {
                    "X-HubSpot-Signature-v3",
                    WebhookSignature.V3("fake-client-secret", "POST", target.AbsoluteUri, body, milliseconds)
                },
                { "X-HubSpot-Request-Timestamp", milliseconds.ToString(CultureInfo.InvariantCulture) },
            },
        };
    }

    private object Event(DateTimeOffset now)
    {
        var number = Interlocked.Increment(ref _events);
        return new
        {
            eventId = number,
            subscriptionId = 1,
            portalId = StageHubSpot.PortalId,
            appId = 1,
            occurredAt = now.ToUnixTimeMilliseconds(),
            subscriptionType = "contact.propertyChange",
            attemptNumber = 0,
            objectId = contacts[(int)(number % contacts.Count)],
            propertyName = "city",
            propertyValue = "Told",
            changeSource = "CRM_UI",
        };
    }
}
