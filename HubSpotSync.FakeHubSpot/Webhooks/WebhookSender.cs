using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using HubSpotSync.FakeHubSpot.Api;
using Microsoft.Extensions.Options;

namespace HubSpotSync.FakeHubSpot.Webhooks;

/// <summary>
/// One signed call. The time it carries is the host's, not the fake's: moving the fake's clock must not make
/// receivers refuse a call as too old.
/// </summary>
internal sealed class WebhookSender(IOptions<FakeOptions> options, DeliverySettings settings, TimeProvider time)
    : IDisposable
{
    private const string UserAgent = "HubSpot Connect 2.0 (http://dev.hubspot.com/) - WebHooks";

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>The status of the answer; 0 when none came in time.</summary>
    public async Task<int> SendAsync(WebhookTarget target, Delivery delivery, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(settings.TimeoutMs);
        try
        {
            using var request = Sign(new Uri(target.TargetUrl), Body(delivery));
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return 0;
        }
    }

    public void Dispose() => _http.Dispose();

    private static byte[] Body(Delivery delivery) => JsonSerializer.SerializeToUtf8Bytes(
        delivery.Events.Select(told => told with { AttemptNumber = delivery.Attempt }), FakeJson.Options);

    private HttpRequestMessage Sign(Uri target, byte[] body)
    {
        var secret = options.Value.ClientSecret;
        var milliseconds = time.GetUtcNow().ToUnixTimeMilliseconds();
        var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        request.Headers.Add("X-HubSpot-Signature-Version", "v1");
        request.Headers.Add("X-HubSpot-Signature", WebhookSignature.V1(secret, body));
        request.Headers.Add("X-HubSpot-Request-Timestamp", milliseconds.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(
            "X-HubSpot-Signature-v3",
            WebhookSignature.V3(secret, "POST", target.GetLeftPart(UriPartial.Query), body, milliseconds));
        return request;
    }
}
