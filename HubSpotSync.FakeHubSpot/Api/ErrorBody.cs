namespace HubSpotSync.FakeHubSpot.Api;

/// <summary>HubSpot's standard error body.</summary>
internal sealed record ErrorBody(string Message, string? Category)
{
    public string Status { get; } = "error";
    public string? CorrelationId { get; init; }
    public string? SubCategory { get; init; }
    public IReadOnlyList<ErrorDetail>? Errors { get; init; }
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Context { get; init; }
    public IReadOnlyDictionary<string, string>? Links { get; init; }
}
