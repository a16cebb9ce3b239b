using System.Globalization;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.FakeHubSpot.Wire;

namespace HubSpotSync.FakeHubSpot.Routes;

internal static class ObjectReads
{
    private const int MostOnAPage = 100;
    private const int MostWithHistory = 50;

    public static IResult List(ApiCall call)
    {
        var view = View(call);
        var limit = call.Limit(10, view.HistoryOf.Count > 0 ? MostWithHistory : MostOnAPage);
        var archived = call.Flag("archived");
        var after = ReadAfter(call.Query("after"));
        lock (call.Account.Gate)
        {
            var found = call.Store.From(after).Where(record => record.Archived == archived).Take(limit + 1).ToList();
            var page = found.Take(limit).Select(view.Body).ToList();
            return FakeJson.Ok(
                new PageBody<RecordBody>(page, found.Count > limit ? Next(call, found[limit].Id, limit) : null));
        }
    }

    public static IResult One(ApiCall call, string id)
    {
        lock (call.Account.Gate)
        {
            var record = RecordLookup.Find(call.Account, call.Type, call.Query("idProperty"), id, followMerges: true);
            return record is not null && record.Archived == call.Flag("archived")
                ? FakeJson.Ok(View(call).Body(record))
                : throw Refuse.ObjectNotFound(id);
        }
    }

    private static RecordView View(ApiCall call) => new(call.Account, call.Type, call.Names("properties"))
    {
        HistoryOf = call.Names("propertiesWithHistory"),
        AssociatedWith =
        [
            .. call.Names("associations").Select(name => ObjectTypes.TryParse(name, out var type)
                ? type
                : throw Refuse.Validation($"Unable to infer object type from: {name}")),
        ],
    };

    private static long ReadAfter(string? after)
    {
        if (after is null)
        {
            return 0;
        }

        return long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw Refuse.Validation($"Invalid after: {after}");
    }

    private static Paging Next(ApiCall call, long id, int limit)
    {
        var after = id.ToString(CultureInfo.InvariantCulture);
        return Paging.To(after, call.Address($"{call.Path}?limit={limit}&after={after}"));
    }
}
