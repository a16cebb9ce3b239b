namespace HubSpotSync.HubSpotApi.Limits;

/// <summary>How much of an account's limit a day is used, as HubSpot says.</summary>
public readonly record struct DayUse(int Limit, int Used);
