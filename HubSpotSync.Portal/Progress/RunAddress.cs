namespace HubSpotSync.Portal.Progress;

/// <summary>Where the page of a run is.</summary>
internal static class RunAddress
{
    public const string History = "/settings/integrations/hubspot/history";

    public static string Of(Guid runId) => $"{History}/{runId}";
}
