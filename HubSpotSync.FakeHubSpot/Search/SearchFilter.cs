namespace HubSpotSync.FakeHubSpot.Search;

internal sealed record SearchFilter(
    string Property, string Operator, string? Value, string? HighValue, IReadOnlyList<string> Values)
{
    public string Wanted => Value!; // FilterMatch.RequireComplete asked for it
    public string Highest => HighValue!; // as above
}
