namespace HubSpotSync.FakeHubSpot.Store;

/// <summary>One value a property had, linked to the one before it.</summary>
public sealed record PropertyVersion(string Value, DateTimeOffset At, ChangeSource Source, PropertyVersion? Previous);
