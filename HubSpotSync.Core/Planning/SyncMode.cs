namespace HubSpotSync.Core.Planning;

/// <summary>The preset of a connection.</summary>
public enum SyncMode
{
    /// <summary>Newest edit wins per field.</summary>
    TwoWay,

    /// <summary>HubSpot's fields are read-only here and nothing is written to HubSpot.</summary>
    HubSpotIsSource,

    /// <summary>
    /// Customers here are the truth: their fields travel to HubSpot only, and whom HubSpot has alone stays there.
    /// </summary>
    LocalIsSource,
}
