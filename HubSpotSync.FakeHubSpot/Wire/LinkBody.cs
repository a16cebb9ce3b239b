using System.Globalization;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Wire;

internal sealed record LinkBody(string Id, string Type)
{
    public static LinkBody Of(AssociationKind? kind, long toId) =>
        new(toId.ToString(CultureInfo.InvariantCulture), kind?.InlineName ?? "unknown");
}
