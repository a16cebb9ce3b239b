using System.Globalization;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.FakeHubSpot.Wire;

namespace HubSpotSync.FakeHubSpot.Routes;

/// <summary>Links as v3 spoke of them: kinds have names instead of categories and numbers.</summary>
internal static class OldAssociationRoutes
{
    private const int MostReads = 1_000;

    public static void MapOldAssociationBatches(this RouteGroupBuilder group)
    {
        group.MapPost("/batch/read", ReadAsync).ReadsObjects();
        group.MapPost("/batch/create", CreateAsync).WritesObjects();
        group.MapPost("/batch/archive", ArchiveAsync).WritesObjects();
        group.MapGet("/types", Types).ReadsObjects();
    }

    public static void MapOldRecordAssociations(this RouteGroupBuilder group)
    {
        group.MapGet("/{id}/associations/{toType}", List).ReadsObjects();
        group.MapPut("/{id}/associations/{toType}/{toId}/{kind}", Link).WritesObjects();
        group.MapDelete("/{id}/associations/{toType}/{toId}/{kind}", Unlink).WritesObjects();
    }

    private static async Task<IResult> ReadAsync(ApiCall call)
    {
        var ids = (await call.ReadBodyAsync()).Inputs(MostReads).Select(input => input.Required("id")).ToList();
        lock (call.Account.Gate)
        {
            var found = ids.Distinct().ToLookup(id => Links(call, id).Count > 0);
            var missing = found[false].ToList();
            return BatchBody<object>.Answer(
                call.Clock.Now,
                [.. found[true].Select(id => new { from = new { id }, to = Links(call, id) })],
                missing.Count == 0 ? [] : [AssociationBatchRoutes.NoLinks(call, missing)]);
        }
    }

    private static Task<IResult> CreateAsync(ApiCall call) => AssociationBatchWrites.EachAsync(
        call,
        201,
        input =>
        {
            var (from, to) = AssociationPair.Read(call, input);
            var kind = Kind(call, input.Required("type"));
            call.Links().Link(kind, from.Id, to.Id);
            return new { from = new { id = Text(from.Id) }, to = new { id = Text(to.Id) }, type = kind.InlineName };
        });

    private static Task<IResult> ArchiveAsync(ApiCall call) => AssociationBatchWrites.EachAsync(
        call,
        204,
        input =>
        {
            var (from, to) = AssociationPair.Read(call, input);
            Remove(call, Kind(call, input.Required("type")), from.Id, to.Id);
            return null;
        });

    private static IResult Types(ApiCall call)
    {
        lock (call.Account.Gate)
        {
            return FakeJson.Ok(new PageBody<object>(
            [
                .. call.Account.Labels.Of(call.Type, call.ToType)
                    .Select(kind => new { id = Text(kind.TypeId), name = kind.InlineName }),
            ]));
        }
    }

    private static IResult List(ApiCall call, string id)
    {
        var limit = call.Limit(500, 500);
        var after = RecordAssociationRoutes.ReadAfter(call.Query("after"));
        lock (call.Account.Gate)
        {
            LiveRecord.Require(call.Account, call.Type, id);
            var links = Links(call, id)
                .Where(link => long.Parse(link.Id, CultureInfo.InvariantCulture) >= after).ToList();
            var paging = links.Count > limit ? Paging.To(links[limit].Id) : null;
            return FakeJson.Ok(new PageBody<LinkBody>([.. links.Take(limit)], paging));
        }
    }

    private static IResult Link(ApiCall call, string id, string toId, string kind)
    {
        lock (call.Account.Gate)
        {
            var (from, to) = Both(call, id, toId);
            call.Links().Link(Kind(call, kind), from.Id, to.Id);
            var view = new RecordView(call.Account, call.Type, []) { AssociatedWith = [call.ToType] };
            return FakeJson.Ok(view.Body(from));
        }
    }

    private static IResult Unlink(ApiCall call, string id, string toId, string kind)
    {
        lock (call.Account.Gate)
        {
            var (from, to) = Both(call, id, toId);
            Remove(call, Kind(call, kind), from.Id, to.Id);
            return FakeJson.NoContent;
        }
    }

    /// <summary>Taking away the unlabelled link takes the labelled ones with it.</summary>
    private static void Remove(ApiCall call, AssociationKind kind, long fromId, long toId)
    {
        if (kind.Label is null)
        {
            call.Links().Unlink(call.Type, fromId, call.ToType, toId);
        }
        else
        {
            call.Links().UnlinkLabel(kind, fromId, toId);
        }
    }

    private static (CrmRecord From, CrmRecord To) Both(ApiCall call, string id, string toId) =>
        (LiveRecord.Require(call.Account, call.Type, id), LiveRecord.Require(call.Account, call.ToType, toId));

    /// <summary>By name or by number.</summary>
    private static AssociationKind Kind(ApiCall call, string name) =>
        call.Account.Labels.Of(call.Type, call.ToType)
            .FirstOrDefault(kind => kind.InlineName == name || Text(kind.TypeId) == name)
            ?? throw Refuse.Validation($"One or more association types are not valid: {name}");

    private static IReadOnlyList<LinkBody> Links(ApiCall call, string id) =>
        RecordLookup.Find(call.Account, call.Type, null, id, followMerges: false) is { } record
            ?
            [
                .. call.Account.Associations.Of(call.Type, record.Id, call.ToType).SelectMany(
                    link => link.TypeIds,
                    (link, typeId) => LinkBody.Of(call.Account.Labels.Find(typeId, call.Type, call.ToType), link.ToId)),
            ]
            : [];

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
