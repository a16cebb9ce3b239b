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
        var after = ReadAfter(call.Query("after"));
        lock (call.Account.Gate)
        {
            var record = LiveRecord.Require(call.Account, call.Type, id);
            var links = call.Account.Associations.Of(call.Type, record.Id, call.ToType)
                .SkipWhile(link => link.ToId < after)
                .Take(limit + 1)
                .ToList();
            var view = new AssociationView(call);
            var paging = links.Count > limit
                ? Next(call, links[limit].ToId, limit)
                : null;
            return FakeJson.Ok(
                new PageBody<object>(
                    [.. links.Take(limit).Select(link => view.Link(link.ToId, link.TypeIds))], paging));
        }
    }

    public static long ReadAfter(string? text) =>
        long.TryParse(text ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var after)
            ? after
            : throw Refuse.Validation($"Invalid after: {text}");

    private static Paging Next(ApiCall call, long id, int limit)
    {
        var after = id.ToString(CultureInfo.InvariantCulture);
        return Paging.To(after, call.Address($"{call.Path}?limit={limit}&after={after}"));
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
        var specs = types.ValueKind == JsonValueKind.Array
            ? types.EnumerateArray().Select(Writing.RecordInputReader.Spec).ToList()
            : [];
        lock (call.Account.Gate)
        {
            var (from, to) = (
                LiveRecord.Require(call.Account, call.Type, id), LiveRecord.Require(call.Account, call.ToType, toId));
            foreach (var kind in AssociationKinds.Require(call, specs))
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
