using System.Text.Json;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Routes;

internal sealed record AssociationPair(CrmRecord From, CrmRecord To)
{
    public static AssociationPair Read(ApiCall call, JsonElement input) => new(
        LiveRecord.Require(call.Account, call.Type, Id(input.Child("from"))),
        LiveRecord.Require(call.Account, call.ToType, Id(input.Child("to"))));

    /// <summary>An archive item names one record on the left and several on the right.</summary>
    public static IReadOnlyList<AssociationPair> ReadMany(ApiCall call, JsonElement input)
    {
        var from = LiveRecord.Require(call.Account, call.Type, Id(input.Child("from")));
        return
        [
            .. input.Items("to")
                .Select(to => LiveRecord.Require(call.Account, call.ToType, Id(to)))
                .Select(to => new AssociationPair(from, to)),
        ];
    }

    private static string Id(JsonElement? element) =>
        element?.Text("id") ?? throw Refuse.Validation("Invalid input JSON: from.id or to.id is missing.");
}
