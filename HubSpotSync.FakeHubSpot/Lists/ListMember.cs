namespace HubSpotSync.FakeHubSpot.Lists;

public sealed record ListMember(long RecordId, DateTimeOffset FirstAddedAt, DateTimeOffset LastAddedAt);
