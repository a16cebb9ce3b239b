using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Lists;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.FakeHubSpot.Wire;

namespace HubSpotSync.FakeHubSpot.Routes;

internal static class AssociationLimitRoutes
{
    private const int MostLinksOfARecord = 50_000;
    private const int Near = 80;
    private const int Samples = 10;

    /// <summary>One entry for each direction a label was made in.</summary>
    public static IResult OfLabels(ApiCall call)
    {
        ObjectType? from = call.Query("fromObjectTypeId") is { } one ? ListCalls.ParseType(one) : null;
        ObjectType? to = call.Query("toObjectTypeId") is { } other ? ListCalls.ParseType(other) : null;
        lock (call.Account.Gate)
        {
            var pairs = call.Account.Labels.Own
                .Where(kind => (from is null || kind.From == from) && (to is null || kind.To == to))
                .GroupBy(kind => (kind.From, kind.To));
            return FakeJson.Ok(new PageBody<object>([.. pairs.Select(pair => new
            {
                fromObjectType = Named(pair.Key.From),
                toObjectType = Named(pair.Key.To),
                limit = AssociationLabels.MostOfAPair,
                usage = pair.Count(),
                percentage = LimitRoutes.Percentage(pair.Count(), AssociationLabels.MostOfAPair),
                allLabels = pair.Select(kind => kind.Label).ToList(),
            })]));
        }
    }

    public static IResult From(ApiCall call)
    {
        lock (call.Account.Gate)
        {
            return Crowded(ObjectTypes.All.Select(
                type => (type, Full: ObjectTypes.All.SelectMany(to => Counts(call, type, to)).ToList())));
        }
    }

    public static IResult To(ApiCall call)
    {
        lock (call.Account.Gate)
        {
            return Crowded(ObjectTypes.All.Select(type => (type, Full: Counts(call, call.Type, type).ToList())));
        }
    }

    public static IResult Between(ApiCall call)
    {
        lock (call.Account.Gate)
        {
            var counts = Counts(call, call.Type, call.ToType).ToList();
            var at = counts.Where(pair => pair.Usage >= MostLinksOfARecord).ToList();
            var near = counts.Except(at).ToList();
            return FakeJson.Ok(new
            {
                limit = MostLinksOfARecord,
                totalRecordsAtLimit = at.Count,
                totalRecordsNearLimit = near.Count,
                atLimitFromRecordSamples = at.Take(Samples)
                    .Select(pair => new { objectId = pair.Record.Id, label = Title(pair.Record) }).ToList(),
                nearLimitFromRecordSamples = near.Take(Samples).Select(pair => new
                {
                    objectId = pair.Record.Id,
                    label = Title(pair.Record),
                    usage = pair.Usage,
                    percentage = LimitRoutes.Percentage(pair.Usage, MostLinksOfARecord),
                }).ToList(),
            });
        }
    }

    /// <summary>Only what comes near the limit counts here.</summary>
    private static IEnumerable<(CrmRecord Record, int Usage)> Counts(ApiCall call, ObjectType from, ObjectType to) =>
        call.Account.Store(from).Records
            .Select(record => (Record: record, Usage: call.Account.Associations.Of(from, record.Id, to).Count()))
            .Where(pair => LimitRoutes.Percentage(pair.Usage, MostLinksOfARecord) >= Near);

    private static IResult Crowded(IEnumerable<(ObjectType Type, List<(CrmRecord Record, int Usage)> Full)> types) =>
        FakeJson.Ok(new PageBody<object>([.. types.Where(pair => pair.Full.Count > 0).Select(pair => new
        {
            objectTypeId = pair.Type.TypeId(),
            singularLabel = LimitRoutes.Label(pair.Type, plural: false),
            pluralLabel = LimitRoutes.Label(pair.Type, plural: true),
            hasRecordsAtLimit = pair.Full.Exists(record => record.Usage >= MostLinksOfARecord),
            hasRecordsNearLimit = pair.Full.Exists(record => record.Usage < MostLinksOfARecord),
        })]));

    private static object Named(ObjectType type) => new
    {
        objectTypeId = type.TypeId(),
        singularLabel = LimitRoutes.Label(type, plural: false),
        pluralLabel = LimitRoutes.Label(type, plural: true),
    };

    private static string Title(CrmRecord record) =>
        record.Value("name") ?? record.Value("dealname") ?? record.Value("email") ?? "";
}
