namespace HubSpotSync.FakeHubSpot.Limits;

internal sealed record LimitBody(string Message, string PolicyName)
{
    public string Status { get; } = "error";
    public string ErrorType { get; } = "RATE_LIMIT";
    public string CorrelationId { get; } = Guid.NewGuid().ToString();
    public string RequestId { get; } = Guid.NewGuid().ToString();

    public static LimitBody Burst => new("You have reached your ten_secondly_rolling limit.", "TEN_SECONDLY_ROLLING");
    public static LimitBody Search => new("You have reached your secondly limit.", "SECONDLY");
}
