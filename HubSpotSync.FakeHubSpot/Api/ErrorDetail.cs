namespace HubSpotSync.FakeHubSpot.Api;

internal sealed record ErrorDetail(string Message)
{
    public string? Code { get; init; }
    public string? SubCategory { get; init; }
    public string? In { get; init; }
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Context { get; init; }
}
