using System.Text.Json.Serialization;
using HubSpotSync.FakeHubSpot.Api;

namespace HubSpotSync.FakeHubSpot.OAuth;

/// <summary>The body of a refused token call; <c>status</c> is what tells the cases apart.</summary>
internal sealed record OAuthError(string Error, string Status, string Message)
{
    [JsonPropertyName("error_description")]
    public string ErrorDescription => Message;

    public static RefusalException Refusal(string error, string status, string message) =>
        new(400, new OAuthError(error, status, message));
}
