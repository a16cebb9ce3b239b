using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Changes;

/// <summary>One thing that happened to a record: who did it and when.</summary>
public abstract record RecordChange(ObjectType Type, long Id, DateTimeOffset At, ChangeSource Source)
{
    public sealed record Created(ObjectType Type, long Id, DateTimeOffset At, ChangeSource Source)
        : RecordChange(Type, Id, At, Source);

    /// <param name="Before">Null where the property had never been set.</param>
    public sealed record PropertyChanged(
        ObjectType Type, long Id, DateTimeOffset At, ChangeSource Source, string Property, string? Before, string After)
        : RecordChange(Type, Id, At, Source);

    public sealed record Archived(ObjectType Type, long Id, DateTimeOffset At, ChangeSource Source)
        : RecordChange(Type, Id, At, Source);

    public sealed record Restored(ObjectType Type, long Id, DateTimeOffset At, ChangeSource Source)
        : RecordChange(Type, Id, At, Source);

    /// <summary>Gone for privacy: not archived, not restorable.</summary>
    public sealed record Erased(ObjectType Type, long Id, DateTimeOffset At, ChangeSource Source)
        : RecordChange(Type, Id, At, Source);

    /// <summary>The id is that of the new record which the others became.</summary>
    public sealed record Merged(
        ObjectType Type,
        long Id,
        DateTimeOffset At,
        ChangeSource Source,
        long PrimaryId,
        IReadOnlyList<long> MergedIds,
        int PropertiesMoved)
        : RecordChange(Type, Id, At, Source);

    /// <summary>A link seen from one of its sides; the other side tells its own.</summary>
    public sealed record LinkChanged(
        long Id, DateTimeOffset At, ChangeSource Source, AssociationKind Kind, long ToId, bool Removed)
        : RecordChange(Kind.From, Id, At, Source);
}
