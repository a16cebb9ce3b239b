namespace HubSpotSync.FakeHubSpot.Routes;

/// <summary>Marks the answer to calls the fake does not know, so that a test can demand that there were none.</summary>
internal sealed class UnknownRoute
{
    public static readonly UnknownRoute Instance = new();
}
