using System.Collections.Immutable;
using HubSpotSync.Core.Records;

namespace HubSpotSync.Core.Fields;

/// <summary>
/// The mapped fields of one kind of record, in a fixed order. Snapshots hold their values in the same order, so that
/// comparing two of them is a walk over two arrays.
/// </summary>
public sealed class FieldMap
{
    private readonly Dictionary<string, int> _positions;

    public FieldMap(RecordKind kind, IEnumerable<FieldDefinition> fields)
    {
        Kind = kind;
        Fields = [.. fields];
        _positions = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < Fields.Length; i++)
        {
            _positions.Add(Fields[i].Name, i);
        }
    }

    public RecordKind Kind { get; }

    public ImmutableArray<FieldDefinition> Fields { get; }

    /// <summary>The position of a field, or -1 where the map has no such field.</summary>
    public int PositionOf(string name) => _positions.GetValueOrDefault(name, -1);

    /// <summary>
    /// The same fields as an admin wants them. A choice that would make a field travel where it may not (to HubSpot,
    /// where it only arrives) is left out; so is switching off what records are told apart by.
    /// </summary>
    /// <param name="rules">By field name.</param>
    public FieldMap With(IReadOnlyDictionary<string, FieldRule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return rules.Count == 0
            ? this
            : new(
                Kind,
                Fields.Select(field => rules.TryGetValue(field.Name, out var rule) ? Apply(field, rule) : field));
    }

    /// <summary>The same fields with these switched off.</summary>
    public FieldMap Without(IEnumerable<string> names)
    {
        var off = names.ToHashSet(StringComparer.Ordinal);
        return off.Count == 0
            ? this
            : new(
                Kind,
                Fields.Select(
                    field => off.Contains(field.Name) ? field with { Direction = FieldDirection.Off } : field));
    }

    /// <summary>The same fields with HubSpot winning wherever it has a value.</summary>
    public FieldMap PreferringHubSpot() =>
        new(Kind, Fields.Select(field => field with { Rule = ConflictRule.HubSpotUnlessBlank }));

    /// <summary>The same fields with every edit travelling to HubSpot, except what only arrives.</summary>
    public FieldMap OwnedLocally() => new(Kind, Fields.Select(field => field.Direction == FieldDirection.Both
        ? field with { Direction = FieldDirection.Out, Rule = ConflictRule.Local }
        : field));

    /// <summary>The same fields with every edit travelling from HubSpot only.</summary>
    public FieldMap OwnedByHubSpot() =>
        new(Kind, Fields.Select(field => field with { Direction = FieldDirection.In, Rule = ConflictRule.HubSpot }));

    private static FieldDefinition Apply(FieldDefinition field, FieldRule rule) => field with
    {
        Direction = rule.Direction is { } wanted && field.Allows(wanted) ? wanted : field.Direction,
        Rule = rule.Conflict ?? field.Rule,
        Blank = rule.Blank ?? field.Blank,
    };
}
