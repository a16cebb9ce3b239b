namespace HubSpotSync.FakeHubSpot.Store;

public sealed record Owner(
    string Id, int UserId, string Email, string FirstName, string LastName, DateTimeOffset CreatedAt, bool Archived);
