using System.Globalization;
using System.Text.Json;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.FakeHubSpot.Wire;

namespace HubSpotSync.FakeHubSpot.Routes;

internal static class RecordAssociationRoutes
{
    public static void MapRecordAssociations(this RouteGroupBuilder group)
    {
        group.MapGet("/{id}/associations/{toType}", List).ReadsObjects();
        group.MapPut("/{id}/associations/default/{toType}/{toId}", LinkByDefault).WritesObjects();
        group.MapPut("/{id}/associations/{toType}/{toId}", LinkLabelledAsync).WritesObjects();
        group.MapDelete("/{id}/associations/{toType}/{toId}", Unlink).WritesObjects();
    }

    private static IResult List(ApiCall call, string id)
    {
        var limit = call.Limit(500, 500);
        var after = long.Parse(call.Query("after") ?? "0", CultureInfo.InvariantCulture);
        lock (call.Account.Gate)
        {
            var record = LiveRecord.Require(call.Account, call.Type, id);
            var links = call.Account.Associations.Of(call.Type, record.Id, call.ToType)
                .SkipWhile(link => link.ToId < after)
                .Take(limit + 1)
                .ToList();
            var view = new AssociationView(call.Type, call.ToType, call.IsDated);
            var paging = links.Count > limit
                ? Paging.To(links[limit].ToId.ToString(CultureInfo.InvariantCulture))
                : null;
            return FakeJson.Ok(
                new PageBody<object>(
                    [.. links.Take(limit).Select(link => view.Link(link.ToId, link.TypeIds))], paging));
        }
    }

    private static IResult LinkByDefault(ApiCall call, string id, string toId)
    {
        lock (call.Account.Gate)
        {
            var (from, to) = (
                LiveRecord.Require(call.Account, call.Type, id), LiveRecord.Require(call.Account, call.ToType, toId));
            var kind = AssociationKind.Default(call.Type, call.ToType);
            call.Links().Link(kind, from.Id, to.Id);
            return BatchBody<object>.Answer(
                call.Clock.Now,
                [
                    AssociationView.Default(kind, from.Id, to.Id),
                    AssociationView.Default(kind.Inverse, to.Id, from.Id),
                ],
                []);
        }
    }

    private static async Task<IResult> LinkLabelledAsync(ApiCall call, string id, string toId)
    {
        var types = await call.ReadBodyAsync();
        var typeIds = types.ValueKind == JsonValueKind.Array
            ? types.EnumerateArray().Select(Writing.RecordInputReader.TypeId).ToList()
            : [];
        lock (call.Account.Gate)
        {
            var (from, to) = (
                LiveRecord.Require(call.Account, call.Type, id), LiveRecord.Require(call.Account, call.ToType, toId));
            foreach (var kind in AssociationKinds.Require(call.Type, call.ToType, typeIds))
            {
                call.Links().Link(kind, from.Id, to.Id);
            }

            return FakeJson.Answer(201, AssociationView.Created(call, from.Id, to.Id));
        }
    }

    private static IResult Unlink(ApiCall call, string id, string toId)
    {
        lock (call.Account.Gate)
        {
            var (from, to) = (
                LiveRecord.Require(call.Account, call.Type, id), LiveRecord.Require(call.Account, call.ToType, toId));
            call.Links().Unlink(call.Type, from.Id, call.ToType, to.Id);
            return FakeJson.NoContent;
        }
    }
}
