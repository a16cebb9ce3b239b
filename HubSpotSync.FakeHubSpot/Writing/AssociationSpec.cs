namespace HubSpotSync.FakeHubSpot.Writing;

/// <summary>
/// A kind of link as callers name it: the same number may mean different kinds in different categories.
/// </summary>
internal sealed record AssociationSpec(string Category, int TypeId);
