using System.Globalization;
using System.Text.Json;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Lists;

/// <summary>A list as HubSpot sends it; search adds counts as texts where others send the size.</summary>
internal sealed class ListBody(CrmList list)
{
    public string ListId => list.Id.ToString(CultureInfo.InvariantCulture);
    public int ListVersion => list.Version;
    public string Name => list.Name;
    public string ObjectTypeId => list.Type.TypeId();
    public string ProcessingType => list.ProcessingType;
    public string ProcessingStatus { get; } = "COMPLETE";
    public string CreatedAt => WireTime.Format(list.CreatedAt);
    public string UpdatedAt => WireTime.Format(list.UpdatedAt);
    public string FiltersUpdatedAt => WireTime.Format(list.FiltersUpdatedAt);
    public string? DeletedAt => list.DeletedAt is { } at ? WireTime.Format(at) : null;
    public string CreatedById { get; } = FakeAccount.AdminUserText;
    public string UpdatedById { get; } = FakeAccount.AdminUserText;
    public int? Size { get; init; }
    public JsonElement? FilterBranch { get; init; }
    public IReadOnlyDictionary<string, string>? AdditionalProperties { get; init; }

    public static ListBody Of(ApiCall call, CrmList list, bool filters) => new(list)
    {
        Size = Membership.Of(call.Account, list, call.Clock.Now).Count,
        FilterBranch = filters ? list.FilterBranch : null,
    };

    public static ListBody Found(ApiCall call, CrmList list, IReadOnlyList<string> asked)
    {
        var members = Membership.Of(call.Account, list, call.Clock.Now);
        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["hs_list_size"] = members.Count.ToString(CultureInfo.InvariantCulture),
            ["hs_list_reference_count"] = "0",
            ["hs_object_id"] = list.Id.ToString(CultureInfo.InvariantCulture),
        };
        if (members.Count > 0)
        {
            var last = members.Values.Max(member => member.LastAddedAt).ToUnixTimeMilliseconds();
            all["hs_last_record_added_at"] = last.ToString(CultureInfo.InvariantCulture);
        }

        return new ListBody(list)
        {
            AdditionalProperties = all
                .Where(pair => pair.Key != "hs_object_id" || asked.Contains(pair.Key)).ToDictionary(),
        };
    }
}
