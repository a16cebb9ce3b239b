namespace HubSpotSync.FakeHubSpot.Api;

/// <summary>What a call to a bearer route needs: any one of the scopes, and room in which limit.</summary>
internal sealed record CallPolicy(Func<RouteValueDictionary, IReadOnlyList<string>> AnyScopeOf)
{
    public bool IsSearch { get; init; }
}
