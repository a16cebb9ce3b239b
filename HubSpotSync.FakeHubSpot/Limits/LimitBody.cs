namespace HubSpotSync.FakeHubSpot.Limits;

internal sealed record LimitBody(string Message, string PolicyName)
{
    private static readonly Dictionary<string, LimitBody> Policies = new[] { Burst, Daily, Search }
        .ToDictionary(body => body.PolicyName, StringComparer.OrdinalIgnoreCase);

    public string Status { get; } = "error";
    public string ErrorType { get; } = "RATE_LIMIT";
    public string CorrelationId { get; init; } = Guid.NewGuid().ToString();
    public string RequestId { get; init; } = Guid.NewGuid().ToString();

    public static LimitBody Burst => new("You have reached your ten_secondly_rolling limit.", "TEN_SECONDLY_ROLLING");
    public static LimitBody Daily => new("You have reached your daily limit.", "DAILY");
    public static LimitBody Search => new("You have reached your secondly limit.", "SECONDLY");

    public static IReadOnlyCollection<string> PolicyNames => Policies.Keys;

    /// <summary>The body of that policy, the burst's when none is named.</summary>
    public static LimitBody Of(string? policyName) =>
        policyName is not null && Policies.TryGetValue(policyName, out var body)
            ? new LimitBody(body.Message, body.PolicyName)
            : Burst;
}
