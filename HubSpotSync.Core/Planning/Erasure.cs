namespace HubSpotSync.Core.Planning;

/// <summary>
/// Tells a person who was erased from one who is merely gone. HubSpot keeps what is archived for 90 days, so a contact
/// that was there more recently and is nowhere any more was deleted for privacy.
/// </summary>
public static class Erasure
{
    /// <summary>Many at once are a mistake of somebody, not so many requests to be forgotten.</summary>
    public const int MostUntold = 5;

    private static readonly TimeSpan Recently = TimeSpan.FromDays(85);

    /// <param name="isTold">HubSpot said so itself, by webhook.</param>
    /// <param name="archivedAt">When it was found to be archived, if it was.</param>
    /// <param name="sweptAt">When every record was last looked at.</param>
    /// <param name="goneTogether">How many were found to be gone by the same look.</param>
    public static bool IsLikely(
        bool isTold, DateTimeOffset? archivedAt, DateTimeOffset? sweptAt, int goneTogether, DateTimeOffset now) =>
        isTold || (goneTogether <= MostUntold && now - (archivedAt ?? sweptAt) < Recently);
}
