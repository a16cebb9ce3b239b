namespace HubSpotSync.FakeHubSpot.Schema;

public sealed record PropertyOption(
    string Label, string Value, int DisplayOrder, bool Hidden = false, string Description = "");
