using System.Collections.Immutable;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Records;

namespace HubSpotSync.Tests.Core.Rules;

internal static class MergeRules
{
    private static readonly DateTimeOffset Early = DateTimeOffset.UnixEpoch;
    private static readonly DateTimeOffset Late = DateTimeOffset.UnixEpoch.AddHours(1);

    /// <summary>One field, from three values to what becomes of it. What a table lacks is as by default.</summary>
    public static void Merge(RuleRow row)
    {
        var map = new FieldMap(RecordKind.Contact,
        [
            new FieldDefinition(
                "f",
                "h",
                FieldType.Text,
                row.Choice("direction", FieldDirection.Both),
                row.Choice("rule", ConflictRule.NewestEdit),
                row.Choice("a blank", BlankRule.Clears)),
        ]);
        var newer = row.Has("newer edit") ? row.Word("newer edit") : "neither";
        Assert.Contains(newer, new[] { "here", "HubSpot", "neither", "not read" });
        var local = Side(map, row.Value("here"), newer == "here" ? Late : Early);
        var hubSpot = Side(
            map, row.Value("HubSpot"), newer == "not read" ? null : newer == "HubSpot" ? Late : Early);
        if (row.Has("unknown is"))
        {
            ImmutableArray<FieldGap> gaps = [new FieldGap(0, row.Choice<GapKind>("unknown is"))];
            (local, hubSpot) = row.Word("unknown") == "here"
                ? (local with { Gaps = gaps }, hubSpot)
                : (local, hubSpot with { Gaps = gaps });
        }

        var merge = ThreeWayMerge.Merge(
            row.Word("last agreed") == "never" ? default : [row.Value("last agreed")], local, hubSpot);

        row.Says("→ here", After(merge.LocalPatch, row.Value("here")));
        row.Says("→ HubSpot", After(merge.HubSpotPatch, row.Value("HubSpot")));
        row.Says("remembered", merge.Ancestor.Single());
        row.Says("conflict won by", WinnerOf(merge));
    }

    public static string? After(IEnumerable<FieldChange> patch, string? before) =>
        patch.Select(change => change.After).DefaultIfEmpty(before).Single();

    public static string WinnerOf(MergeResult merge) => merge.AwaitsHubSpotClock.IsEmpty
        ? merge.Conflicts.Select(conflict => $"{conflict.Winner}").SingleOrDefault("")
        : "waits";

    private static RecordSnapshot Side(FieldMap map, string? value, DateTimeOffset? editedAt) =>
        RecordSnapshot.OfLocal(map, [value], Early) with { FieldClock = [editedAt] };
}
