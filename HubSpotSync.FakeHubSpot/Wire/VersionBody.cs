using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Wire;

internal sealed record VersionBody(
    string Value, string Timestamp, string SourceType, string? SourceId, int? UpdatedByUserId)
{
    public static VersionBody Of(PropertyVersion version) => new(
        version.Value, WireTime.Format(version.At), version.Source.Type, version.Source.Id, version.Source.UserId);
}
