namespace HubSpotSync.FakeHubSpot.Search;

internal sealed record SearchFilter(
    string Property, string Operator, string? Value, string? HighValue, IReadOnlyList<string> Values);
