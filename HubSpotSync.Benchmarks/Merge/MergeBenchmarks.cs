using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Records;

namespace HubSpotSync.Benchmarks.Merge;

/// <summary>A contact with the standard fields.</summary>
public class MergeBenchmarks
{
    private static readonly FieldMap Map = StandardFields.Contacts;
    private static readonly ImmutableArray<string?> Agreed =
        [.. Map.Fields.Select((field, at) => at % 4 == 3 ? null : $"value {at}")];

    private static readonly DateTimeOffset Time = DateTimeOffset.UnixEpoch;
    private readonly RecordSnapshot _same = Of(Agreed);
    private readonly RecordSnapshot _other = Of(Agreed.SetItem(1, "other"));
    private readonly RecordSnapshot _third = Of(Agreed.SetItem(1, "third"));

    [Benchmark]
    public int Unchanged() => ThreeWayMerge.Merge(Agreed, _same, _same).LocalPatch.Length;

    [Benchmark]
    public int ChangedInHubSpot() => ThreeWayMerge.Merge(Agreed, _same, _other).LocalPatch.Length;

    [Benchmark]
    public int ChangedOnBothSides() => ThreeWayMerge.Merge(Agreed, _other, _third).LocalPatch.Length;

    private static RecordSnapshot Of(ImmutableArray<string?> values) =>
        new(Map, values, [.. values.Select(_ => (DateTimeOffset?)Time)], Time);
}
