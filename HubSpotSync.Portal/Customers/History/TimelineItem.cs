using HubSpotSync.Data.Crm;

namespace HubSpotSync.Portal.Customers.History;

/// <summary>One thing that happened.</summary>
/// <param name="Detail">In small beside it: why the sync did it.</param>
internal sealed record TimelineItem(
    DateTimeOffset At, string Icon, string Title, string? Who = null, string? Detail = null)
{
    public IReadOnlyList<ChangeLine> Lines { get; init; } = [];

    public Note? Note { get; init; }

    /// <summary>The run that did it, where it was one.</summary>
    public string? RunHref { get; init; }

    /// <summary>Where there is more about it.</summary>
    public string? Href { get; init; }
}

/// <summary>What happened to a record, the newest first, a page at a time.</summary>
/// <param name="Older">Where the next page begins; <c>null</c>: this is the last one.</param>
internal sealed record TimelinePage(
    string Address, IReadOnlyList<TimelineItem> Items, DateTimeOffset? Before, DateTimeOffset? Older)
{
    /// <summary>Of a note that is written next, so that sending it twice makes one.</summary>
    public Guid NewNote { get; } = Guid.NewGuid();
}
