namespace HubSpotSync.FakeHubSpot.Wire;

/// <summary>A page of anything. Without <c>paging</c> it is the last.</summary>
internal sealed record PageBody<T>(IReadOnlyList<T> Results, Paging? Paging = null, int? Total = null);
