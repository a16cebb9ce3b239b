using System.Text.Json;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Planning;
using HubSpotSync.Portal.Customers;

namespace HubSpotSync.Portal.Review;

/// <summary>A field where the contact and its match say something else.</summary>
internal sealed record Difference(string Label, string? Here, string? HubSpot);

/// <summary>Somebody here who may be the contact.</summary>
internal sealed record Match(Guid Id, JsonElement Fields)
{
    public string Name => Candidate.NameOf(Fields);

    public string? Email => Candidate.Text(Fields, StandardFields.Email);
}

/// <summary>A contact that waits for a person, with who it may be.</summary>
internal sealed record Candidate(
    long HubSpotId, JsonElement Fields, IReadOnlyList<Match> Matches, string? MatchedBy, ReviewAnswer? Choice,
    Guid? ChosenId, bool IsDecided)
{
    public string Name => NameOf(Fields);

    public string? Email => Text(Fields, StandardFields.Email);

    public string? Company => Text(Fields, "company_name");

    /// <summary>The one that was chosen, or the only one there is.</summary>
    public Match? Match =>
        Matches.FirstOrDefault(match => match.Id == ChosenId) ?? (Matches is [var only] ? only : null);

    /// <summary>Several may be it, and nobody has said which.</summary>
    public bool NeedsMatch => Matches.Count > 1 && Match is null;

    public IReadOnlyList<Difference> Differences(FieldMap map) => Match is not { } match ? [] :
    [
        .. map.Fields.Where(field => field.Direction is not FieldDirection.Off)
            .Select(field => (field, Here: FieldValue.Normalize(field.Type, Text(match.Fields, field.Name)),
                There: Text(Fields, field.Name)))
            .Where(one => !FieldValue.Same(one.field.Type, one.Here, one.There))
            .Select(one => new Difference(FieldFacts.LabelOf(map, one.field.Name), one.Here, one.There)),
    ];

    /// <summary>What may be chosen: without a match there is nothing to replace or to become one with.</summary>
    public IReadOnlyList<ReviewAnswer> Answers => Matches.Count == 0
        ? [ReviewAnswer.Import, ReviewAnswer.Skip]
        : [ReviewAnswer.Import, ReviewAnswer.Replace, ReviewAnswer.CreateNew, ReviewAnswer.Skip];

    public static string? Text(JsonElement fields, string name) =>
        fields.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    public static string NameOf(JsonElement fields) => CustomerNames.Of(
        Text(fields, "first_name"), Text(fields, "last_name"), Text(fields, StandardFields.Email),
        Text(fields, "company_name"));
}
