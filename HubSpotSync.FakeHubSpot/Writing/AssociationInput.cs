namespace HubSpotSync.FakeHubSpot.Writing;

internal sealed record AssociationInput(string ToId, IReadOnlyList<AssociationSpec> Types);
