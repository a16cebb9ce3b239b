namespace HubSpotSync.HubSpotApi.Errors;

/// <summary>HubSpot's own words for why it refused, where code goes by them.</summary>
public static class HubSpotReasons
{
    public const string PropertyGone = "PROPERTY_DOESNT_EXIST";

    /// <summary>A batch was answered, and nothing in the answer names this write.</summary>
    public const string NotAnswered = "NOT_ANSWERED";
}
