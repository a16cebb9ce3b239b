namespace HubSpotSync.FakeHubSpot.Schema;

public sealed record PropertyGroup(string Name, string Label, int DisplayOrder);
