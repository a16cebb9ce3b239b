using System.Globalization;
using System.Text.Json;
using HubSpotSync.Core.Records;
using HubSpotSync.Core.Scope;

namespace HubSpotSync.HubSpotApi.Objects;

/// <summary>
/// Counts the contacts that filters would take. By search, so what was made in the last seconds may be missing.
/// </summary>
public sealed class ScopeSearch(HubSpotCaller caller)
{
    private const string Stage = "lifecyclestage";

    /// <param name="stages">Internal values; empty counts contacts of every stage and of none.</param>
    public async Task<int> CountAsync(
        HubSpotSession session,
        IReadOnlyCollection<string> stages,
        ActivityFilter? activity,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stages);
        var call = HubSpotCall.Search($"{ObjectType.PathOf(RecordKind.Contact)}/search", json =>
        {
            json.WriteStartArray("filterGroups");
            foreach (var comparison in ComparisonsOf(activity))
            {
                json.WriteStartObject();
                json.WriteStartArray("filters");
                WriteStages(json, stages);
                WriteActivity(json, activity, comparison, now);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("limit", 1);
        });
        using var body = await caller.ReadAsync(session, call, cancellationToken);
        return body.RootElement.GetProperty("total").GetInt32();
    }

    /// <summary>One group of filters each; a contact is counted where one of the groups takes it.</summary>
    private static string?[] ComparisonsOf(ActivityFilter? activity) => activity switch
    {
        null => [null],
        { IsActive: true } => ["GTE"],
        _ => ["LT", "NOT_HAS_PROPERTY"],
    };

    private static void WriteStages(Utf8JsonWriter json, IReadOnlyCollection<string> stages)
    {
        if (stages.Count == 0)
        {
            return;
        }

        json.WriteStartObject();
        json.WriteString("propertyName", Stage);
        json.WriteString("operator", "IN");
        json.WriteStartArray("values");
        foreach (var stage in stages)
        {
            json.WriteStringValue(stage);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteActivity(
        Utf8JsonWriter json, ActivityFilter? activity, string? comparison, DateTimeOffset now)
    {
        if (activity is null)
        {
            return;
        }

        json.WriteStartObject();
        json.WriteString("propertyName", ActivityFilter.Property);
        json.WriteString("operator", comparison);
        if (comparison != "NOT_HAS_PROPERTY")
        {
            var since = (now - TimeSpan.FromDays(activity.Days)).ToUnixTimeMilliseconds();
            json.WriteString("value", since.ToString(CultureInfo.InvariantCulture));
        }

        json.WriteEndObject();
    }
}
