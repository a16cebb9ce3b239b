namespace HubSpotSync.Data.Bulk;

/// <summary>
/// Another page may be waiting for rows that this one holds; nothing of this page was written. Look at it again.
/// </summary>
public sealed class GaveWayException(Exception? inner = null) : Exception("The page gave way to another one.", inner);
