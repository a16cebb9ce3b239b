namespace HubSpotSync.HubSpotApi.Objects;

/// <summary>A write of one record.</summary>
/// <param name="Id">HubSpot's id for an update, the value of the unique property for an upsert.</param>
/// <param name="Properties">Only what shall change; an empty text clears.</param>
public sealed record ObjectWrite(string Id, IReadOnlyDictionary<string, string> Properties);

/// <summary>What became of one write: the record as HubSpot now has it, or why it was refused.</summary>
public abstract record ObjectWritten(string Id)
{
    public sealed record Done(string Id, HubSpotRecord Record, bool IsNew) : ObjectWritten(Id);

    /// <param name="Reason">HubSpot's category or error name.</param>
    /// <param name="ExistingId">The record that is in the way, where HubSpot names it.</param>
    public sealed record Refused(string Id, string Reason, long? ExistingId) : ObjectWritten(Id)
    {
        /// <summary>The property that was wrong, where HubSpot names it.</summary>
        public string? Property { get; init; }

        /// <summary>For people and their pages; never a value.</summary>
        public string Detail => Property is null ? Reason : $"{Reason} {Property}";
    }
}
