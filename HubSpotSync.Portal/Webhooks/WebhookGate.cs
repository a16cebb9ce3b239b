using System.Threading.RateLimiting;

namespace HubSpotSync.Portal.Webhooks;

/// <summary>
/// Lets a few of HubSpot's calls write at once, in the order in which they came. However much HubSpot tells, the pages
/// keep the other sessions of Postgres; and two cores write no more for being asked by ten. A call that finds no place
/// even to wait is told so, and HubSpot makes it again.
/// </summary>
internal sealed class WebhookGate : IDisposable
{
    public const int Width = 4;
    public const int Places = 100;

    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = Width,
        QueueLimit = Places,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <returns>Held while writing, where it was acquired.</returns>
    public ValueTask<RateLimitLease> EnterAsync(CancellationToken cancellationToken) =>
        _limiter.AcquireAsync(1, cancellationToken);

    public void Dispose() => _limiter.Dispose();
}
