namespace HubSpotSync.FakeHubSpot.Store;

/// <summary>A unique value that a record holds, linked to the others it holds.</summary>
internal sealed record HeldValue(string Property, string Value, HeldValue? Next);
