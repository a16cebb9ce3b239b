using HubSpotSync.Portal.Api.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HubSpotSync.Portal.Api.HubSpot;

internal static class SyncProblems
{
    public static ProblemHttpResult NotConnected() => ApiProblem.Conflict(
        "not_connected", "HubSpot is not connected. An admin connects it under Settings, Integrations, HubSpot.");

    public static ProblemHttpResult NotStarted() => ApiProblem.Conflict(
        "first_sync_not_started",
        "Nothing comes before an admin has chosen what to sync and started the first one, in the portal.");
}
