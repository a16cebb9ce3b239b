using System.Globalization;
using System.Net;
using System.Text.Json;
using HubSpotSync.Core.Records;
using HubSpotSync.HubSpotApi.Errors;
using HubSpotSync.HubSpotApi.Objects;

namespace HubSpotSync.HubSpotApi.Structure;

/// <summary>How an account is set up: its owners, deal pipelines, lifecycle stages and properties.</summary>
public sealed class AccountStructure(HubSpotCaller caller)
{
    /// <summary>The unique contact property of ours that holds the id of the customer here.</summary>
    public const string OwnIdProperty = "hubspotsync_id";

    /// <summary>All owners.</summary>
    /// <param name="withArchived">Those who left as well: records still name them.</param>
    public async Task<IReadOnlyList<HubSpotOwner>> ReadOwnersAsync(
        HubSpotSession session, bool withArchived, CancellationToken cancellationToken)
    {
        string[] kinds = withArchived ? ["false", "true"] : ["false"];
        return [.. (await Task.WhenAll(kinds.Select(ReadAsync))).SelectMany(owners => owners)];

        async Task<List<HubSpotOwner>> ReadAsync(string archived)
        {
            var owners = new List<HubSpotOwner>();
            string? after = null;
            do
            {
                var path = $"crm/owners/{ApiVersion.Owners}?limit=100&archived={archived}"
                    + (after is null ? "" : $"&after={Uri.EscapeDataString(after)}");
                using var body = await caller.ReadAsync(session, HubSpotCall.Get(path), cancellationToken);
                var results = body.RootElement.GetProperty("results").EnumerateArray();
                owners.AddRange(results.Select(item => new HubSpotOwner(
                    Text(item, "id")!, // required by HubSpot's specification
                    Text(item, "email"),
                    Text(item, "firstName"),
                    Text(item, "lastName"),
                    archived == "true")));
                after = RecordJson.NextAfter(body.RootElement);
            }
            while (after is not null);
            return owners;
        }
    }

    public async Task<IReadOnlyList<HubSpotPipeline>> ReadDealPipelinesAsync(
        HubSpotSession session, CancellationToken cancellationToken)
    {
        var call = HubSpotCall.Get($"crm/pipelines/{ApiVersion.Pipelines}/deals");
        using var body = await caller.ReadAsync(session, call, cancellationToken);
        return
        [
            .. body.RootElement.GetProperty("results").EnumerateArray().Select(pipeline => new HubSpotPipeline(
                Text(pipeline, "id")!, // required by HubSpot's specification
                Text(pipeline, "label") ?? "",
                pipeline.GetProperty("displayOrder").GetInt32(),
                [.. pipeline.GetProperty("stages").EnumerateArray().Select(ReadStage)])),
        ];
    }

    /// <summary>The account's own lifecycle stages, in its order; custom ones have numbers for names.</summary>
    public async Task<IReadOnlyList<HubSpotOption>> ReadLifecycleStagesAsync(
        HubSpotSession session, CancellationToken cancellationToken)
    {
        var call = HubSpotCall.Get($"crm/properties/{ApiVersion.Properties}/contacts/lifecyclestage");
        using var body = await caller.ReadAsync(session, call, cancellationToken);
        return
        [
            .. body.RootElement.GetProperty("options").EnumerateArray()
                .OrderBy(option => option.TryGetProperty("displayOrder", out var order)
                    && order.ValueKind == JsonValueKind.Number ? order.GetInt32() : int.MaxValue)
                .Select(option => new HubSpotOption(
                    Text(option, "value")!, // required by HubSpot's specification
                    Text(option, "label") ?? "")),
        ];
    }

    /// <summary>Every property that records of a kind have and that is not archived.</summary>
    public async Task<IReadOnlyList<HubSpotProperty>> ReadPropertiesAsync(
        HubSpotSession session, RecordKind kind, CancellationToken cancellationToken)
    {
        var call = HubSpotCall.Get($"crm/properties/{ApiVersion.Properties}/{ObjectType.NameOf(kind)}");
        using var body = await caller.ReadAsync(session, call, cancellationToken);
        return [.. body.RootElement.GetProperty("results").EnumerateArray().Select(HubSpotProperty.Read)];
    }

    /// <summary>Makes <see cref="OwnIdProperty"/> where it is not there yet.</summary>
    /// <returns>Whether it is there; <c>false</c> where HubSpot does not let us make it.</returns>
    public async Task<bool> EnsureOwnIdPropertyAsync(HubSpotSession session, CancellationToken cancellationToken)
    {
        const string Path = $"crm/properties/{ApiVersion.Properties}/contacts";
        try
        {
            var property = HubSpotCall.Get($"{Path}/{OwnIdProperty}");
            using var found = await caller.ReadAsync(session, property, cancellationToken);
            return HubSpotProperty.Read(found.RootElement) is { HasUniqueValue: true, IsReadOnly: false };
        }
        catch (HubSpotException missing) when (missing.Status == HttpStatusCode.NotFound)
        {
        }

        try
        {
            var call = HubSpotCall.Post(Path, json =>
            {
                json.WriteString("name", OwnIdProperty);
                json.WriteString("label", "HubSpotSync id");
                json.WriteString("description", "The id of this contact in HubSpotSync. Please do not change it.");
                json.WriteString("groupName", "contactinformation");
                json.WriteString("type", "string");
                json.WriteString("fieldType", "text");
                json.WriteBoolean("hasUniqueValue", true);
                json.WriteBoolean("formField", false);
            });
            using var made = await caller.WriteAsync(session, call, cancellationToken);
            return true;
        }
        catch (HubSpotConflictException)
        {
            return true; // another worker made it in this moment
        }
        catch (HubSpotException refused) when (refused.Status is HttpStatusCode.Forbidden or HttpStatusCode.BadRequest)
        {
            return false; // the permission was not given, or the account has as many unique properties as it may have
        }
    }

    private static HubSpotStage ReadStage(JsonElement stage)
    {
        var metadata = stage.TryGetProperty("metadata", out var given) ? given : default;
        _ = decimal.TryParse(Text(metadata, "probability"), CultureInfo.InvariantCulture, out var probability);
        return new HubSpotStage(
            Text(stage, "id")!, // required by HubSpot's specification
            Text(stage, "label") ?? "",
            stage.GetProperty("displayOrder").GetInt32(),
            Text(metadata, "isClosed") == "true",
            probability);
    }

    private static string? Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
