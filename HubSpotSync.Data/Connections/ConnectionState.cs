namespace HubSpotSync.Data.Connections;

public enum ConnectionState
{
    Connected,

    /// <summary>HubSpot no longer accepts our tokens; an admin has to connect again. Work waits.</summary>
    NeedsReconnection,

    /// <summary>Somebody stopped it for a while. All is kept, what changes is noted, and nothing is done.</summary>
    Paused,

    /// <summary>Somebody ended it; the worker takes leave of HubSpot and deletes the tokens.</summary>
    Disconnecting,
    Disconnected,
}
