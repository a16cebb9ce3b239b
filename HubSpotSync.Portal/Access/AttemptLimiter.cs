using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace HubSpotSync.Portal.Access;

/// <summary>
/// Counts tries for one account from one address; the rate limit of the endpoint can't see the account.
/// </summary>
internal sealed class AttemptLimiter(IOptions<RateLimitOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(key =>
        RateLimitPartition.GetFixedWindowLimiter(key, _ => RateLimits.Window(options.Value.AttemptsPerAccount)));

    /// <returns><c>null</c>, or how long to wait.</returns>
    public TimeSpan? WaitOf(HttpContext context, string account)
    {
        using var lease = _limiter.AttemptAcquire($"{context.Connection.RemoteIpAddress}|{account}");
        return lease.IsAcquired
            ? null
            : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromMinutes(1);
    }

    public void Dispose() => _limiter.Dispose();
}
