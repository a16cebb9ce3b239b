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
    /// <summary>Fields whose value is not known, or may not be touched; a merge leaves them alone.</summary>
    public ImmutableArray<FieldGap> Gaps { get; init; } = [];

    /// <summary>When the field was last edited on this side, or <c>null</c> where that was not read.</summary>
    public DateTimeOffset? EditedAt(int field) => FieldClock.IsDefaultOrEmpty ? null : FieldClock[field];

    public bool HasGap(int field)
    {
        foreach (var gap in Gaps)
        {
            if (gap.Field == field)
            {
                return true;
            }
        }

        return false;
    }

    public string? this[string field] => Map.PositionOf(field) is var at and >= 0 ? Values[at] : null;

    /// <summary>
    /// The local side. A value that HubSpot has no name for is a gap where it would have to travel there.
    /// </summary>
    /// <param name="raw">In the map's order.</param>
    public static RecordSnapshot OfLocal(FieldMap map, IReadOnlyList<string?> raw, DateTimeOffset modifiedAt)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(raw);
        var values = ImmutableArray.CreateBuilder<string?>(map.Fields.Length);
        List<FieldGap>? gaps = null;
        for (var i = 0; i < map.Fields.Length; i++)
        {
            var field = map.Fields[i];
            values.Add(FieldValue.Normalize(field.Type, raw[i]));
            if (field is { Values: not null, TravelsToHubSpot: true } && field.ToHubSpot(values[i]) is null)
            {
                (gaps ??= []).Add(new FieldGap(i, GapKind.Unmapped, values[i]));
            }
        }

        return new RecordSnapshot(map, values.MoveToImmutable(), [], modifiedAt)
        {
            Gaps = gaps is null ? [] : [.. gaps],
        };
    }

    /// <summary>
    /// HubSpot's side, in the words used here. A property that the answer does not have at all is a gap: HubSpot sends
    /// <c>null</c> for a blank and leaves out what it does not know, so a missing one says nothing of the value.
    /// </summary>
    public static RecordSnapshot OfHubSpot(
        FieldMap map, IReadOnlyDictionary<string, string?> properties, DateTimeOffset modifiedAt)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(properties);
        var values = ImmutableArray.CreateBuilder<string?>(map.Fields.Length);
        List<FieldGap>? gaps = null;
        for (var i = 0; i < map.Fields.Length; i++)
        {
            var isRead = properties.TryGetValue(map.Fields[i].HubSpotProperty, out var raw);
            var value = map.Fields[i].FromHubSpot(raw, out var isKnown);
            values.Add(isKnown ? value : null);
            if (!isRead || !isKnown)
            {
                (gaps ??= []).Add(new FieldGap(i, isRead ? GapKind.Unmapped : GapKind.Unread, value));
            }
        }

        return new RecordSnapshot(map, values.MoveToImmutable(), [], modifiedAt)
        {
            Gaps = gaps is null ? [] : [.. gaps],
        };
    }
}
