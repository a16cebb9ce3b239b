namespace HubSpotSync.FakeHubSpot.Wire;

internal readonly record struct RecordTimes(
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? ArchivedAt);
