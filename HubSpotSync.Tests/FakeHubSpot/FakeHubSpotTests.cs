namespace HubSpotSync.Tests.FakeHubSpot;

[CollectionDefinition(Name)]
public sealed class FakeHubSpotTests : ICollectionFixture<FakeHubSpotFixture>
{
    public const string Name = "Fake HubSpot";
}
