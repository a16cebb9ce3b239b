namespace HubSpotSync.FakeHubSpot.OAuth;

/// <summary>One more app that accounts may connect: <c>--Fake:OtherApps:0:ClientId=…</c>.</summary>
public sealed class AppOptions
{
    public string ClientId { get; init; } = "";
    public string ClientSecret { get; init; } = "";
    public int AppId { get; init; }
}
