using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.OAuth;

internal sealed record Caller(FakeAccount Account, Installation Installation)
{
    public IReadOnlySet<string> Scopes => Installation.Scopes;
}
