namespace HubSpotSync.FakeHubSpot.Webhooks;

/// <summary>Section <c>Fake:Webhooks</c>: with a target, the usual subscriptions are there from the start.</summary>
public sealed class WebhookOptions
{
    public string? TargetUrl { get; init; }
    public int MaxConcurrentRequests { get; init; } = WebhookTarget.UsualConcurrentRequests;
}
