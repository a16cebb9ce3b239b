namespace HubSpotSync.HubSpotApi;

/// <summary>
/// The tokens of one connection. Stored by the hosts, which know the database; used here, where nothing else is known.
/// </summary>
public interface IAccessTokens
{
    /// <summary>A token that is good for at least the next minute; refreshed by the clock, not by refusals.</summary>
    Task<string> GetAsync(CancellationToken cancellationToken);

    /// <summary>
    /// HubSpot refused this token: bring another one. At most one refresh per refused token, over all workers.
    /// </summary>
    Task<string> ReplaceAsync(string refused, CancellationToken cancellationToken);
}
