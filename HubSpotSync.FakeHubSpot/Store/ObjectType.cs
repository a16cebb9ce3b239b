namespace HubSpotSync.FakeHubSpot.Store;

public enum ObjectType
{
    Contact,
    Company,
    Deal,
}
