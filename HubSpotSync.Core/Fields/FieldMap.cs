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

    /// <summary>The same fields with every edit travelling from HubSpot only.</summary>
    public FieldMap OwnedByHubSpot() =>
        new(Kind, Fields.Select(field => field with { Direction = FieldDirection.In, Rule = ConflictRule.HubSpot }));
}
