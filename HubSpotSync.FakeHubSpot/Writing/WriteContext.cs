using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Writing;

internal sealed record WriteContext(DateTimeOffset Now, ChangeSource Source, IReadOnlyList<string> EmailEndings)
{
    public bool HeldToForms { get; init; }
    public bool AutoAssociate { get; init; }
}
