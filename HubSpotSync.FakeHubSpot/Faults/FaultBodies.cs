using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Limits;

namespace HubSpotSync.FakeHubSpot.Faults;

internal static class FaultBodies
{
    public static object For(Fault fault) => fault.Status switch
    {
        401 => Error("The OAuth token used to make this call expired 1 second(s) ago.", "EXPIRED_AUTHENTICATION"),
        403 => Error("This app hasn't been granted all required scopes to make this call.", "MISSING_SCOPES"),
        423 => Error("The resource is locked; try again in a moment.", "LOCKED"),
        429 => LimitBody.Of(fault.PolicyName),
        477 => Error("The account is being moved between data centres.", "MIGRATION_IN_PROGRESS"),
        502 or 504 => Error("The processing limit was reached.", "PROCESSING_LIMIT"),
        503 => Error("Service temporarily unavailable.", "SERVICE_UNAVAILABLE"),
        _ => Error("internal error", "INTERNAL_ERROR"),
    };

    public static string Page(int status) =>
        $"<!doctype html><html><head><title>{status}</title></head><body><h1>{status}</h1><p>This page is "
        + "temporarily unavailable.</p></body></html>";

    private static ErrorBody Error(string message, string category) =>
        new(message, category) { CorrelationId = Guid.NewGuid().ToString() };
}
