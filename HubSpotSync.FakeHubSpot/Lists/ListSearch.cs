using System.Text.Json;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Lists;

internal static class ListSearch
{
    private const int UnaskedCount = 20;
    private const int MostCount = 500;
    private static readonly string[] RequiredSinceSeptember2026 =
        ["listIds", "processingTypes", "offset", "additionalProperties"];

    public static async Task<IResult> SearchAsync(ApiCall call)
    {
        var body = await call.ReadBodyAsync();
        if (call.IsNewest && RequiredSinceSeptember2026.FirstOrDefault(name => body.Child(name) is null) is { } missing)
        {
            throw JsonFields.Missing(missing);
        }

        var (offset, count) = (Within(body, "offset", 0, int.MaxValue), Within(body, "count", UnaskedCount, MostCount));
        var sort = Sort(body.Text("sort"));
        lock (call.Account.Gate)
        {
            var found = sort(Find(call, body)).ToList();
            var page = found.Skip(offset).Take(count).ToList();
            var asked = body.Texts("additionalProperties");
            return FakeJson.Ok(new
            {
                offset = offset + page.Count,
                hasMore = offset + page.Count < found.Count,
                lists = page.Select(list => ListBody.Found(call, list, asked)).ToList(),
                total = found.Count,
            });
        }
    }

    private static IEnumerable<CrmList> Find(ApiCall call, JsonElement body)
    {
        var (ids, kinds, words) = (body.Texts("listIds"), body.Texts("processingTypes"), body.Text("query"));
        ObjectType? type = body.Text("objectTypeId") is { } text ? ListCalls.ParseType(text) : null;
        if (kinds.FirstOrDefault(kind => !CrmList.ProcessingTypes.Contains(kind)) is { } unknown)
        {
            throw Refuse.Validation($"{unknown} is not a processing type.");
        }

        return call.Account.Lists.Active.Where(list =>
            call.MayRead(list.Type)
            && (ids.Count == 0 || ids.Contains(new ListBody(list).ListId))
            && (kinds.Count == 0 || kinds.Contains(list.ProcessingType))
            && (type is null || list.Type == type)
            && (string.IsNullOrEmpty(words) || list.Name.Contains(words, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>
    /// What may be sorted by is not documented: the fake takes ids, names and times, and "-" turns around.
    /// </summary>
    private static Func<IEnumerable<CrmList>, IEnumerable<CrmList>> Sort(string? sort)
    {
        Func<CrmList, IComparable> key = sort?.TrimStart('-').ToUpperInvariant() switch
        {
            null or "" or "HS_LIST_ID" or "LISTID" => list => list.Id,
            "HS_NAME" or "NAME" => list => list.Name,
            "HS_CREATED_AT" or "HS_CREATEDATE" or "CREATEDAT" => list => list.CreatedAt,
            "HS_UPDATED_AT" or "HS_LASTMODIFIEDDATE" or "UPDATEDAT" => list => list.UpdatedAt,
            _ => throw Refuse.Validation($"Lists cannot be sorted by {sort}."),
        };
        return sort?.StartsWith('-') == true
            ? lists => lists.OrderByDescending(key)
            : lists => lists.OrderBy(key);
    }

    private static int Within(JsonElement body, string name, int unasked, int most)
    {
        var number = body.Whole(name) ?? unasked;
        return number >= 0 && number <= most
            ? number
            : throw Refuse.Validation($"Invalid {name}: {number}. It must be from 0 to {most}.");
    }
}
