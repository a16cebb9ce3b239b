namespace HubSpotSync.FakeHubSpot.Webhooks;

/// <summary>Where the app's events go, and how many calls may be on their way to it for one account.</summary>
internal sealed record WebhookTarget(string TargetUrl, int MaxConcurrentRequests, DateTimeOffset CreatedAt)
{
    public const int UsualConcurrentRequests = 10;
    public const int LeastConcurrentRequests = 6;
    public const string Secondly = "SECONDLY";
    public const string RollingMinute = "ROLLING_MINUTE";

    public string Period { get; init; } = Secondly;
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>https anywhere; http only where the receiver is on this machine.</summary>
    public static bool IsAllowed(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));
}
