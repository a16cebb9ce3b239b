namespace HubSpotSync.ServiceDefaults.Telemetry;

/// <summary>The one name under which the product's own activities and meters are published.</summary>
public static class TelemetryNames
{
    public const string HubSpotSync = "HubSpotSync";
}
