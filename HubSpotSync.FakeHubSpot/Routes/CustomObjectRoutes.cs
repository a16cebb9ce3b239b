using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Wire;

namespace HubSpotSync.FakeHubSpot.Routes;

/// <summary>
/// The fake has no kinds of records but HubSpot's own; clients that ask on connecting hear just that.
/// </summary>
internal static class CustomObjectRoutes
{
    public static void MapCustomObjects(this RouteGroupBuilder group) =>
        group.MapGet("", None).Needs("crm.schemas.custom.read");

    private static IResult None(ApiCall call)
    {
        call.ReadFlag("archived");
        return FakeJson.Ok(new PageBody<object>([]));
    }
}
