using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.FakeHubSpot.Writing;

namespace HubSpotSync.FakeHubSpot.Routes;

internal static class AssociationKinds
{
    /// <summary>The number counts only together with its category.</summary>
    public static IReadOnlyList<AssociationKind> Require(ApiCall call, IReadOnlyList<AssociationSpec> specs) =>
        specs.Count == 0
        ? throw Refuse.Validation("At least one association type is required.")
        : [.. specs.Select(spec => call.Account.Labels.Find(spec.TypeId, call.Type, call.ToType) is { } kind
            && kind.Category == spec.Category
            ? kind
            : throw Refuse.Validation(
                $"One or more association types are not valid: {spec.Category} {spec.TypeId} between "
                    + $"{call.Type.TypeId()} and {call.ToType.TypeId()}"))];
}
