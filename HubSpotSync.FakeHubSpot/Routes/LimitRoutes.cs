using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.FakeHubSpot.Wire;

namespace HubSpotSync.FakeHubSpot.Routes;

/// <summary>
/// How full the account is, counted anew for each call. The limits are those of a large subscription.
/// </summary>
internal static class LimitRoutes
{
    private const int Records = 15_000_000;
    private const int CustomProperties = 1_000;
    private const int CalculatedProperties = 200;
    private const int Pipelines = 100;
    private const int CustomObjects = 10;

    private static readonly string[] AnyRecords =
        [.. ObjectTypes.All.SelectMany(type => Scopes($"crm.objects.{type.Plural()}"))];

    private static readonly string[] CustomTypes = [.. Scopes("crm.schemas.custom"), .. Scopes("crm.objects.custom")];

    public static void MapLimits(this RouteGroupBuilder group)
    {
        group.MapGet("/records", OfRecords).NeedsAny(AnyRecords);
        group.MapGet("/pipelines", OfPipelines).NeedsAny(AnyRecords);
        group.MapGet("/custom-properties", OfProperties).NeedsAny(AnyRecords);
        group.MapGet("/calculated-properties", OfCalculated).NeedsAny(AnyRecords);
        group.MapGet("/custom-object-types", OfCustomTypes).NeedsAny(CustomTypes);
        group.MapGet("/associations/labels", AssociationLimitRoutes.OfLabels).NeedsAny(AnyRecords);
        group.MapGet("/associations/records/from", AssociationLimitRoutes.From).NeedsAny(AnyRecords);
        group.MapGet("/associations/records/{type}/to", AssociationLimitRoutes.To).NeedsAny(AnyRecords);
        group.MapGet("/associations/records/{type}/{toType}", AssociationLimitRoutes.Between).NeedsAny(AnyRecords);
    }

    public static double Percentage(long usage, long limit) => Math.Round(100.0 * usage / limit, 2);

    public static string Label(ObjectType type, bool plural)
    {
        var name = plural ? type.Plural() : type.Singular();
        return char.ToUpperInvariant(name[0]) + name[1..];
    }

    private static IResult OfRecords(ApiCall call)
    {
        lock (call.Account.Gate)
        {
            return FakeJson.Ok(new
            {
                hubspotDefinedObjectTypes = ObjectTypes.All.Select(type => Usage(
                    type, call.Account.Store(type).Records.Count(record => !record.Archived), Records)).ToList(),
                customObjectTypes = NoCustomTypes(Records),
            });
        }
    }

    /// <summary>Seen by others: the pipeline an account starts with is not counted.</summary>
    private static IResult OfPipelines(ApiCall call)
    {
        lock (call.Account.Gate)
        {
            return FakeJson.Ok(new
            {
                hubspotDefinedObjectTypes =
                    new[] { Usage(ObjectType.Deal, call.Account.Pipelines.Count - 1, Pipelines) },
                customObjectTypes = NoCustomTypes(Pipelines),
            });
        }
    }

    private static IResult OfProperties(ApiCall call)
    {
        lock (call.Account.Gate)
        {
            var counts = ObjectTypes.All.ToDictionary(type => type, type => call.Account.Schema(type).Active.Count(
                property => !property.HubSpotDefined));
            return Overall(
                counts.Values.Sum(),
                CustomProperties,
                counts.Select(pair => Usage(pair.Key, pair.Value, CustomProperties)));
        }
    }

    private static IResult OfCalculated(ApiCall call)
    {
        lock (call.Account.Gate)
        {
            var counts = ObjectTypes.All.ToDictionary(type => type, type => call.Account.Schema(type).Active.Count(
                property => property is { Calculated: true, HubSpotDefined: false }));
            return Overall(counts.Values.Sum(), CalculatedProperties, counts.Select(pair => (object)new
            {
                objectTypeId = pair.Key.TypeId(),
                singularLabel = Label(pair.Key, plural: false),
                pluralLabel = Label(pair.Key, plural: true),
                usage = pair.Value,
            }));
        }
    }

    private static IResult OfCustomTypes(ApiCall call) =>
        FakeJson.Ok(new { limit = CustomObjects, usage = 0, percentage = 0.0 });

    private static IResult Overall(int usage, int limit, IEnumerable<object> byObjectType) => FakeJson.Ok(new
    {
        overallLimit = limit,
        overallUsage = usage,
        overallPercentage = Percentage(usage, limit),
        byObjectType = byObjectType.ToList(),
    });

    private static object NoCustomTypes(int limit) =>
        new { overallLimit = limit, overallUsage = 0, overallPercentage = 0.0, byObjectType = Array.Empty<object>() };

    private static object Usage(ObjectType type, int usage, int limit) => new
    {
        objectTypeId = type.TypeId(),
        singularLabel = Label(type, plural: false),
        pluralLabel = Label(type, plural: true),
        limit,
        usage,
        percentage = Percentage(usage, limit),
    };

    private static string[] Scopes(string stem) => [$"{stem}.read", $"{stem}.write"];
}
