using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Records;

namespace HubSpotSync.Tests.Core;

/// <summary>
/// Three sides of a small record. The two sides are made by changing the ancestor here and there, not independently:
/// that is how real records differ.
/// </summary>
public sealed record MergeCase(
    FieldMap Map,
    ImmutableArray<string?> Ancestor,
    ImmutableArray<string?> Local,
    ImmutableArray<string?> HubSpot,
    int[] Times,
    bool WasLinked)
{
    private static readonly string?[] Values = [null, "a", "b", "c"];

    public static Arbitrary<MergeCase> Any { get; } = Arb.From(
        from width in Gen.Choose(1, 4)
        from directions in Gen.Elements(Enum.GetValues<FieldDirection>()).ArrayOf(width)
        from rules in Gen.Elements(Enum.GetValues<ConflictRule>()).ArrayOf(width)
        from ancestor in Gen.Elements(Values).ArrayOf(width)
        from local in Changed(ancestor)
        from hubSpot in Changed(ancestor)
        from times in Gen.Choose(0, 3).ArrayOf(width * 2)
        from linked in Gen.Elements(true, true, true, false)
        select new MergeCase(
            new FieldMap(RecordKind.Contact, directions.Select((direction, at) =>
                new FieldDefinition($"f{at}", $"h{at}", FieldType.Text, direction, rules[at]))),
            [.. ancestor], [.. local], [.. hubSpot], times, linked));

    public RecordSnapshot LocalSnapshot => Snapshot(Local, 0);

    public RecordSnapshot HubSpotSnapshot => Snapshot(HubSpot, Map.Fields.Length);

    public ImmutableArray<string?> KnownAncestor => WasLinked ? Ancestor : default;

    public MergeResult Merge() => ThreeWayMerge.Merge(KnownAncestor, LocalSnapshot, HubSpotSnapshot);

    public static ImmutableArray<string?> Apply(ImmutableArray<string?> values, ImmutableArray<FieldChange> patch)
    {
        var changed = values.ToBuilder();
        foreach (var change in patch)
        {
            changed[change.Field] = change.After;
        }

        return changed.ToImmutable();
    }

    public override string ToString() =>
        $"{(WasLinked ? Show(Ancestor) : "never linked")} | local {Show(Local)} | HubSpot {Show(HubSpot)} "
        + $"| times {string.Join(',', Times)} | "
        + string.Join(' ', Map.Fields.Select(field => $"{field.Direction}/{field.Rule}"));

    private static string Show(ImmutableArray<string?> values) =>
        string.Join(',', values.Select(value => value ?? "-"));

    private static Gen<string?[]> Changed(string?[] ancestor) =>
        from change in Gen.Elements(true, false, false).ArrayOf(ancestor.Length)
        from values in Gen.Elements(Values).ArrayOf(ancestor.Length)
        select ancestor.Select((value, at) => change[at] ? values[at] : value).ToArray();

    private RecordSnapshot Snapshot(ImmutableArray<string?> values, int firstTime) => new(
        Map,
        values,
        [.. Map.Fields.Select((_, at) => At(Times[firstTime + at]))],
        DateTimeOffset.UnixEpoch);

    private static DateTimeOffset? At(int time) => DateTimeOffset.FromUnixTimeMilliseconds(time);
}
