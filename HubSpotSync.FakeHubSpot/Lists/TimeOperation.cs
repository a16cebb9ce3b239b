using System.Text.Json;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Schema;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Lists;

/// <summary>Before, after and between, with points in time given as a date or counted from today or now.</summary>
internal sealed class TimeOperation(FakeAccount account, PropertyDefinition property, DateTimeOffset now)
{
    private const int FarthestDays = 36_500;

    public Predicate<CrmRecord> Compile(JsonElement operation, string kind, bool includesEmpty)
    {
        var byUpdate = operation.OneOf("propertyParser", ["VALUE", "UPDATED_AT"]) == "UPDATED_AT";
        if (!byUpdate && property.Type is not ("date" or "datetime"))
        {
            throw Refuse.Validation(
                $"The operation type {kind} does not go with {property.Name}, which is a {property.Type}.",
                "ILS.INVALID_OPERATION_TYPE");
        }

        var test = kind == "TIME_POINT" ? Point(operation) : Range(operation);
        return record => (byUpdate ? Changed(record) : Moment(record)) is { } moment ? test(moment) : includesEmpty;
    }

    private Predicate<DateTimeOffset> Point(JsonElement operation)
    {
        var point = Read(operation.Child("timePoint") ?? throw JsonFields.Missing("timePoint"));
        var includes = operation.OneOf("endpointBehavior", ["INCLUSIVE", "EXCLUSIVE"]) == "INCLUSIVE";
        return operation.OneOf("operator", ["IS_AFTER", "IS_BEFORE"]) == "IS_AFTER"
            ? moment => moment > point || (includes && moment == point)
            : moment => moment < point || (includes && moment == point);
    }

    private Predicate<DateTimeOffset> Range(JsonElement operation)
    {
        var low = Read(operation.Child("lowerBoundTimePoint") ?? throw JsonFields.Missing("lowerBoundTimePoint"));
        var high = Read(operation.Child("upperBoundTimePoint") ?? throw JsonFields.Missing("upperBoundTimePoint"));
        var not = operation.OneOf("operator", ["IS_BETWEEN", "IS_NOT_BETWEEN"]) == "IS_NOT_BETWEEN";
        return moment => (moment >= low && moment <= high) != not;
    }

    private DateTimeOffset Read(JsonElement point)
    {
        var zone = Zone(point.Text("zoneId"));
        return point.OneOf("timeType", ["DATE", "INDEXED"]) == "DATE" ? Date(point, zone) : Indexed(point, zone);
    }

    private static DateTimeOffset Date(JsonElement point, TimeZoneInfo zone)
    {
        try
        {
            var local = new DateTime(
                point.RequiredWhole("year"),
                point.RequiredWhole("month"),
                point.RequiredWhole("day"),
                point.Whole("hour") ?? 0,
                point.Whole("minute") ?? 0,
                point.Whole("second") ?? 0,
                point.Whole("millisecond") ?? 0,
                DateTimeKind.Unspecified);
            return new DateTimeOffset(local, zone.GetUtcOffset(local));
        }
        catch (ArgumentOutOfRangeException)
        {
            throw Refuse.Validation("The time point is not a date.");
        }
    }

    private DateTimeOffset Indexed(JsonElement point, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone);
        var reference = point.Child("indexReference")?.Required("referenceType") ?? "TODAY";
        var start = reference == "TODAY" ? local - local.TimeOfDay : local;
        var days = point.Child("offset")?.Whole("days") ?? 0;
        return Math.Abs((long)days) <= FarthestDays
            ? start.AddDays(days)
            : throw Refuse.Validation($"An offset reaches at most {FarthestDays} days.");
    }

    private TimeZoneInfo Zone(string? id) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(id ?? account.TimeZone, out var zone)
            ? zone
            : throw Refuse.Validation($"{id} is not a time zone.");

    private DateTimeOffset? Changed(CrmRecord record) => record.WrittenAt(property.Name);

    private DateTimeOffset? Moment(CrmRecord record) =>
        record.Value(property.Name) is { Length: > 0 } text ? WireTime.Parse(text) : null;
}
