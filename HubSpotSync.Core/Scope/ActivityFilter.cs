namespace HubSpotSync.Core.Scope;

/// <summary>Takes contacts by when something last happened with them in HubSpot.</summary>
/// <param name="IsActive">Those with activity in these days; else those without.</param>
public sealed record ActivityFilter(bool IsActive, int Days)
{
    /// <summary>HubSpot's "last activity": a note, call, e-mail, meeting or task.</summary>
    public const string Property = "notes_last_updated";

    public bool Takes(DateTimeOffset? lastActivityAt, DateTimeOffset now) =>
        IsActive == (lastActivityAt is { } last && now - last <= TimeSpan.FromDays(Days));
}
