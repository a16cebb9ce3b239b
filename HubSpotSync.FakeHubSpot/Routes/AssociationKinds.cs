using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Routes;

internal static class AssociationKinds
{
    public static IReadOnlyList<AssociationKind> Require(ObjectType from, ObjectType to, IReadOnlyList<int> typeIds) =>
        typeIds.Count == 0
        ? throw Refuse.Validation("At least one association type is required.")
        : [.. typeIds.Select(typeId => AssociationKind.Find(typeId, from, to)
            ?? throw Refuse.Validation($"One or more association types are not valid: {typeId}"))];
}
