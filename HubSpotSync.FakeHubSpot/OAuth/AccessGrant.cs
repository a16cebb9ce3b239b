namespace HubSpotSync.FakeHubSpot.OAuth;

internal sealed record AccessGrant(Installation Installation, DateTimeOffset ExpiresAt)
{
    /// <summary>Up to what fits: a script's token never ends.</summary>
    public int SecondsLeft(DateTimeOffset now) =>
        (int)Math.Clamp((ExpiresAt - now).TotalSeconds, 0, int.MaxValue);

    public bool IsGood(DateTimeOffset now) => !Installation.IsOver && ExpiresAt > now;
}
