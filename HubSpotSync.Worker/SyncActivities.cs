using System.Diagnostics;
using HubSpotSync.ServiceDefaults.Telemetry;

namespace HubSpotSync.Worker;

internal static class SyncActivities
{
    public static ActivitySource Source { get; } = new(TelemetryNames.HubSpotSync);
}
