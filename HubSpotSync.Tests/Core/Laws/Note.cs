using HubSpotSync.Core.Merging;

namespace HubSpotSync.Tests.Core.Laws;

/// <summary>A write to HubSpot, noted before it was sent.</summary>
internal sealed class Note(FieldChange change, int sentAt)
{
    public Guid Id { get; } = new(sentAt, 0, 0, new byte[8]);

    public FieldChange Change { get; } = change;

    public int SentAt { get; } = sentAt;

    /// <summary>HubSpot is known to have done it: what it overwrote is still to be looked over.</summary>
    public bool IsAnswered { get; set; }

    public SentWrite AsSent(int now) => new(Id, [Change], now - SentAt > TwoSides.LongestOnItsWay)
    {
        At = TwoSides.At(SentAt),
        HasLanded = IsAnswered,
    };
}
