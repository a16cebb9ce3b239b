namespace HubSpotSync.HubSpotApi.OAuth;

/// <summary>The account behind a token.</summary>
public sealed record AccountDetails(long PortalId, string Name, string UiDomain, string? TimeZone, string? Currency);
