using System.ComponentModel.DataAnnotations.Schema;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Journal;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Why;

namespace HubSpotSync.Portal.Runs;

/// <summary>One write of a run.</summary>
internal sealed record RunChange(
    [property: Column("id")] long Id,
    [property: Column("kind")] string KindName,
    [property: Column("local_id")] Guid? LocalId,
    [property: Column("hubspot_id")] long? HubSpotId,
    [property: Column("side")] string Side,
    [property: Column("action")] string Action,
    [property: Column("fields")] string Fields,
    [property: Column("cause")] string Cause,
    [property: Column("at")] DateTimeOffset At,
    [property: Column("name")] string? NameHere)
{
    public RecordKind Kind => Enum.Parse<RecordKind>(KindName);

    public string Name => NameHere ?? $"HubSpot {KindName.ToLowerInvariant()} {HubSpotId}";

    public string WhyHref => RecordAddress.Of(Kind, HubSpotId, HubSpotId is null ? LocalId : null).Href;

    public IReadOnlyList<ChangeLine> Lines(FieldMap map, ValueWords words) =>
        ChangeLine.Of(Fields, map, words);

    /// <summary>For the words.</summary>
    public RecordChange ToChange() => new() { Side = Side, Action = Action, Fields = Fields, Cause = Cause };
}

/// <summary>One record that a run could not bring in step.</summary>
internal sealed record RunFailure(
    [property: Column("kind")] string KindName,
    [property: Column("record_key")] string Key,
    [property: Column("local_id")] Guid? LocalId,
    [property: Column("hubspot_id")] long? HubSpotId,
    [property: Column("reason")] string ReasonName,
    [property: Column("detail")] string? Detail,
    [property: Column("at")] DateTimeOffset At,
    [property: Column("name")] string? NameHere,
    [property: Column("state")] string? StateNow)
{
    public RecordKind Kind => Enum.Parse<RecordKind>(KindName);

    public OutcomeReason Reason => Enum.Parse<OutcomeReason>(ReasonName);

    public string Name => NameHere ?? $"HubSpot {KindName.ToLowerInvariant()} {HubSpotId}";

    public string WhyHref => RecordAddress.Of(Kind, HubSpotId, HubSpotId is null ? LocalId : null).Href;

    /// <summary>A later look ended better.</summary>
    public bool IsMended => StateNow is not null and not nameof(OutcomeState.Failing);
}
