namespace HubSpotSync.Portal;

/// <summary>Names this assembly to tests that start it in process.</summary>
public sealed class PortalEntry;
