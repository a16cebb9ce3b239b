namespace HubSpotSync.FakeHubSpot.Faults;

/// <summary>Marks a call that got no answer; the abort itself is seen by others only some time later.</summary>
internal sealed class DroppedConnection
{
    public static void Drop(HttpContext http)
    {
        http.Features.Set(new DroppedConnection());
        http.Abort();
    }
}
