using System.Collections.Immutable;
using System.Runtime.InteropServices;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Records;

namespace HubSpotSync.Tests.Core.Laws;

/// <summary>
/// Three sides of a record of two fields; more would only repeat, as fields are decided one by one. The two sides are
/// made by changing the ancestor here and there, not independently: that is how real records differ.
/// </summary>
public sealed record MergeCase(ImmutableArray<string?> Ancestor, RecordSnapshot Local, RecordSnapshot HubSpot)
{
    public const int Width = 2;

    private static readonly FieldType[] Types = [FieldType.Text, FieldType.Phone];
    private static readonly FieldDirection[] Directions = Enum.GetValues<FieldDirection>();
    private static readonly ConflictRule[] Rules = Enum.GetValues<ConflictRule>();
    private static readonly BlankRule[] Blanks = Enum.GetValues<BlankRule>();
    private static readonly GapKind[] GapKinds = Enum.GetValues<GapKind>();
    private static readonly int Kinds = Types.Length * Directions.Length * Rules.Length * Blanks.Length;

    /// <summary>Made once for all cases: a map costs more than a merge.</summary>
    private static readonly FieldMap[] Maps = [.. Enumerable.Range(0, Kinds * Kinds).Select(MapOf)];

    private static readonly string?[][] Values =
    [
        [null, "a", "b", "c"],
        [null, "+43 1 555 12 34", "0043 1 5551234", "01 5551234"], // the second and third are one number
    ];

    public FieldMap Map => Local.Map;

    public bool WasLinked => !Ancestor.IsDefault;

    public static MergeCase Any(Draw draw)
    {
        var map = draw.Of(Maps);
        var (before, here, there) = (new string?[Width], new string?[Width], new string?[Width]);
        for (var field = 0; field < Width; field++)
        {
            var values = Values[map.Fields[field].Type == FieldType.Phone ? 1 : 0];
            before[field] = draw.Of(values);
            here[field] = draw.Below(2) == 0 ? before[field] : draw.Of(values);
            there[field] = draw.Below(2) == 0 ? before[field] : draw.Of(values);
        }

        return new MergeCase(
            draw.OneIn(4) ? default : Wrap(before), Side(draw, map, here), Side(draw, map, there));
    }

    public static ImmutableArray<T> Wrap<T>(T[] values) => ImmutableCollectionsMarshal.AsImmutableArray(values);

    public MergeResult Merge() => ThreeWayMerge.Merge(Ancestor, Local, HubSpot);

    public bool HasGap(int field) => Local.HasGap(field) || HubSpot.HasGap(field);

    public bool Same(int field, string? one, string? other) => FieldValue.Same(Map.Fields[field].Type, one, other);

    public bool EachField(Func<int, FieldDefinition, bool> law)
    {
        for (var field = 0; field < Width; field++)
        {
            if (!law(field, Map.Fields[field]))
            {
                return false;
            }
        }

        return true;
    }

    public static RecordSnapshot Apply(RecordSnapshot side, ImmutableArray<FieldChange> patch)
    {
        var values = side.Values.ToArray();
        foreach (var change in patch)
        {
            values[change.Field] = change.After;
        }

        return side with { Values = Wrap(values) };
    }

    public override string ToString() =>
        $"{(WasLinked ? Show(Ancestor) : "never linked")} | local {Show(Local)} | HubSpot {Show(HubSpot)} | "
        + string.Join(' ', Map.Fields.Select(field => $"{field.Type}/{field.Direction}/{field.Rule}/{field.Blank}"));

    private static string Show(RecordSnapshot side) =>
        $"{Show(side.Values)} at {string.Join(',', side.FieldClock.Select(at => $"{at?.ToUnixTimeMilliseconds()}"))}"
        + string.Concat(side.Gaps.Select(gap => $" ({gap.Kind} {gap.Field})"));

    private static string Show(ImmutableArray<string?> values) =>
        string.Join(',', values.Select(value => value ?? "-"));

    private static RecordSnapshot Side(Draw draw, FieldMap map, string?[] values)
    {
        var clock = new DateTimeOffset?[Width];
        ImmutableArray<FieldGap> gaps = [];
        for (var field = 0; field < Width; field++)
        {
            clock[field] = draw.OneIn(8) ? null : DateTimeOffset.UnixEpoch.AddMilliseconds(draw.Below(4));
            gaps = draw.OneIn(10) ? gaps.Add(new FieldGap(field, draw.Of(GapKinds))) : gaps;
        }

        return new RecordSnapshot(map, Wrap(values), Wrap(clock), DateTimeOffset.UnixEpoch) { Gaps = gaps };
    }

    private static FieldMap MapOf(int number) => new(
        RecordKind.Contact, [FieldOf("f0", number % Kinds), FieldOf("f1", number / Kinds)]);

    private static FieldDefinition FieldOf(string name, int number)
    {
        var (type, direction) = (number % Types.Length, number / Types.Length % Directions.Length);
        var rest = number / Types.Length / Directions.Length;
        return new FieldDefinition(
            name, name, Types[type], Directions[direction], Rules[rest % Rules.Length], Blanks[rest / Rules.Length]);
    }
}
