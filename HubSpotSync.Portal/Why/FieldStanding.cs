using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Words;

namespace HubSpotSync.Portal.Why;

/// <summary>A field of a record: what it says, which way it goes, whose word counts and where it is edited.</summary>
/// <param name="EditHref"><c>null</c>: on no page of ours or HubSpot's.</param>
internal sealed record FieldStanding(string Label, string? Here, string? Agreed, string Way, string Rule)
{
    public bool IsLocked { get; init; }

    public string Edit { get; init; } = "";

    public string? EditHref { get; init; }

    /// <summary>What is here and what both sides last agreed on are not the same: an edit is on its way.</summary>
    public bool HasMoved => Agreed is not null && Here != Agreed;

    public static IReadOnlyList<FieldStanding> Of(Standing standing) =>
        standing.Local is not { } local ? [] : [.. standing.Map.Fields.Select(field => Of(field, standing, local))];

    private static FieldStanding Of(FieldDefinition field, Standing standing, LocalSide local)
    {
        var isLinked = standing is { Link: not null, IsSetApart: false };
        var isLocked = isLinked && field.Direction == FieldDirection.In;
        var editHere = local.Kind == RecordKind.Deal ? null : $"{local.Href}/edit";
        return new FieldStanding(
            FieldFacts.LabelOf(standing.Map, field.Name),
            Readable(field, FieldValue.Normalize(field.Type, local.Text(field.Name)), standing),
            Readable(field, standing.Ancestor.GetValueOrDefault(field.Name), standing),
            isLinked ? FieldWords.Direction(field.Direction) : "Only here",
            field.Direction == FieldDirection.Both ? FieldWords.Conflict(field.Rule) : "")
        {
            IsLocked = isLocked,
            Edit = (isLocked, field.Direction, isLinked) switch
            {
                (true, _, _) => "In HubSpot",
                (_, FieldDirection.Both, true) => "Here or in HubSpot",
                _ => "Here",
            },
            EditHref = isLocked ? standing.HubSpotHref : editHere,
        };
    }

    private static string? Readable(FieldDefinition field, string? value, Standing standing) =>
        field.Name == StandardFields.LifecycleStage && value is not null
            ? StageWords.Label(value, standing.Connection)
            : value;
}
