namespace HubSpotSync.Worker.Syncing;

/// <summary>Where a page of HubSpot's records comes from, and so how far it can be trusted.</summary>
internal enum PageSource
{
    /// <summary>Read by ids just now.</summary>
    Ids,

    /// <summary>A page of the list, which waited while the one before was written.</summary>
    List,

    /// <summary>Found by search: seconds old, maybe not news, and without associations.</summary>
    Search,
}
