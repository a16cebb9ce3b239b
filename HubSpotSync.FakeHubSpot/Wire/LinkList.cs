namespace HubSpotSync.FakeHubSpot.Wire;

internal sealed record LinkList(IReadOnlyList<LinkBody> Results);
