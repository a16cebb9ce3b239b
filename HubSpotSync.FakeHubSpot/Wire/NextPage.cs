namespace HubSpotSync.FakeHubSpot.Wire;

internal sealed record NextPage(string After, string? Link);
