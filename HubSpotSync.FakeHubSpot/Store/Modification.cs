namespace HubSpotSync.FakeHubSpot.Store;

/// <summary>A moment at which a record was modified, linked to the one before it.</summary>
internal sealed record Modification(long Ticks, Modification? Previous);
