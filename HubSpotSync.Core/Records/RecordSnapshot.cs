using System.Collections.Immutable;
using HubSpotSync.Core.Fields;

namespace HubSpotSync.Core.Records;

/// <summary>
/// One side of a record as it was seen: normalised values in the order of the map, and, where it is known, when each
/// was last edited on that side.
/// </summary>
/// <param name="Values">As many as the map has fields; <c>null</c> is a blank.</param>
/// <param name="FieldClock">Empty, or as many as the map has fields; UTC.</param>
public sealed record RecordSnapshot(
    FieldMap Map,
    ImmutableArray<string?> Values,
    ImmutableArray<DateTimeOffset?> FieldClock,
    DateTimeOffset ModifiedAt)
{
    /// <summary>When the field was last edited on this side, or <c>null</c> where that was not read.</summary>
    public DateTimeOffset? EditedAt(int field) => FieldClock.IsDefaultOrEmpty ? null : FieldClock[field];

    public string? this[string field] => Map.PositionOf(field) is var at and >= 0 ? Values[at] : null;

    /// <summary>Normalises raw values (in the map's order) into a snapshot.</summary>
    public static RecordSnapshot Of(FieldMap map, IReadOnlyList<string?> raw, DateTimeOffset modifiedAt)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(raw);
        var values = ImmutableArray.CreateBuilder<string?>(map.Fields.Length);
        for (var i = 0; i < map.Fields.Length; i++)
        {
            values.Add(FieldValue.Normalize(map.Fields[i].Type, raw[i]));
        }

        return new RecordSnapshot(map, values.MoveToImmutable(), [], modifiedAt);
    }
}
