using System.Collections.Immutable;
using System.Runtime.InteropServices;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;

namespace HubSpotSync.Core.Merging;

/// <summary>
/// The per-field merge. The order of questions is the same for every field: do the sides agree; did only one of them
/// change since they last agreed; if both did, what does the field's rule say.
/// </summary>
public static class ThreeWayMerge
{
    /// <summary>
    /// Merges two snapshots of the same map. Without an ancestor (the two records were just found to be the same one)
    /// a blank is no edit: the other side's value fills it.
    /// </summary>
    /// <param name="ancestor">Last agreed values in the map's order, or <c>default</c> where they never agreed.</param>
    public static MergeResult Merge(ImmutableArray<string?> ancestor, RecordSnapshot local, RecordSnapshot hubSpot)
    {
        ArgumentNullException.ThrowIfNull(local);
        ArgumentNullException.ThrowIfNull(hubSpot);
        var merge = new Outcome(local.Map.Fields.Length, ancestor);
        for (var field = 0; field < local.Map.Fields.Length; field++)
        {
            MergeField(field, ancestor, local, hubSpot, ref merge);
        }

        return merge.ToResult();
    }

    private static void MergeField(
        int field, ImmutableArray<string?> ancestor, RecordSnapshot local, RecordSnapshot hubSpot, ref Outcome merge)
    {
        var definition = local.Map.Fields[field];
        var (here, there) = (local.Values[field], hubSpot.Values[field]);
        var agreed = ancestor.IsDefault ? null : ancestor[field];
        if (local.HasGap(field) || hubSpot.HasGap(field))
        {
            merge.StayApart(field, agreed); // nobody knows what it would be compared with
            return;
        }

        if (FieldValue.Same(definition.Type, here, there))
        {
            merge.Agree(field, there);
            return;
        }

        switch (definition.Direction)
        {
            case FieldDirection.Off:
                merge.StayApart(field, agreed);
                return;
            case FieldDirection.In when there is null && (agreed is null || definition.Blank == BlankRule.NeverClears):
            case FieldDirection.Out when here is null && (agreed is null || definition.Blank == BlankRule.NeverClears):
                merge.StayApart(field, agreed); // a source that has no value, or never had one, has nothing to say
                return;
            case FieldDirection.In:
                merge.TakeHubSpot(field, here, there);
                return;
            case FieldDirection.Out:
                merge.TakeLocal(field, here, there);
                return;
        }

        var blankIsNoEdit = ancestor.IsDefault || definition.Blank == BlankRule.NeverClears;
        var isFilled = blankIsNoEdit && (here is null || there is null);
        if (isFilled ? here is null : FieldValue.Same(definition.Type, here, agreed))
        {
            merge.TakeHubSpot(field, here, there);
        }
        else if (isFilled || FieldValue.Same(definition.Type, there, agreed))
        {
            merge.TakeLocal(field, here, there);
        }
        else
        {
            Decide(field, definition, agreed, local, hubSpot, ref merge);
        }
    }

    private static void Decide(
        int field,
        FieldDefinition definition,
        string? agreed,
        RecordSnapshot local,
        RecordSnapshot hubSpot,
        ref Outcome merge)
    {
        var (here, there) = (local.Values[field], hubSpot.Values[field]);
        if (definition.Rule == ConflictRule.NewestEdit && hubSpot.EditedAt(field) is null)
        {
            merge.AwaitClock(field, agreed);
            return;
        }

        var winner = definition.Rule switch
        {
            ConflictRule.NewestEdit => (local.EditedAt(field) ?? local.ModifiedAt) > hubSpot.EditedAt(field)
                ? ConflictWinner.Local
                : ConflictWinner.HubSpot,
            ConflictRule.HubSpot => ConflictWinner.HubSpot,
            ConflictRule.Local => ConflictWinner.Local,
            ConflictRule.HubSpotUnlessBlank => there is null ? ConflictWinner.Local : ConflictWinner.HubSpot,
            ConflictRule.LocalUnlessBlank => here is null ? ConflictWinner.HubSpot : ConflictWinner.Local,
            ConflictRule.FillOnlyIfEmpty => here is null ? ConflictWinner.HubSpot
                : there is null ? ConflictWinner.Local
                : ConflictWinner.Neither,
            _ => ConflictWinner.Neither,
        };
        merge.Conflict(new FieldConflict(
            field, here, there, local.EditedAt(field), hubSpot.EditedAt(field), definition.Rule, winner));
        switch (winner)
        {
            case ConflictWinner.Local:
                merge.TakeLocal(field, here, there);
                break;
            case ConflictWinner.HubSpot:
                merge.TakeHubSpot(field, here, there);
                break;
            default:
                merge.StayApart(field, agreed);
                break;
        }
    }

    private struct Outcome(int fields, ImmutableArray<string?> before)
    {
        private string?[]? _ancestor; // a copy once a value differs
        private List<FieldChange>? _local;
        private List<FieldChange>? _hubSpot;
        private List<FieldConflict>? _conflicts;
        private List<int>? _awaits;

        public void Agree(int field, string? value) => Remember(field, value);

        public void StayApart(int field, string? agreed) => Remember(field, agreed);

        public void TakeHubSpot(int field, string? here, string? there)
        {
            Remember(field, there);
            (_local ??= []).Add(new FieldChange(field, here, there));
        }

        public void TakeLocal(int field, string? here, string? there)
        {
            Remember(field, here);
            (_hubSpot ??= []).Add(new FieldChange(field, there, here));
        }

        public void AwaitClock(int field, string? agreed)
        {
            Remember(field, agreed);
            (_awaits ??= []).Add(field);
        }

        public void Conflict(FieldConflict conflict) => (_conflicts ??= []).Add(conflict);

        public readonly MergeResult ToResult() => new(
            _local is null ? [] : [.. _local],
            _hubSpot is null ? [] : [.. _hubSpot],
            TakeAncestor(),
            _conflicts is null ? [] : [.. _conflicts],
            _awaits is null ? [] : [.. _awaits]);

        private readonly ImmutableArray<string?> TakeAncestor() => _ancestor is null && !before.IsDefault
            ? before
            : ImmutableCollectionsMarshal.AsImmutableArray(_ancestor ?? new string?[fields]);

        private void Remember(int field, string? value)
        {
            if (_ancestor is null)
            {
                if (value == (before.IsDefault ? null : before[field]))
                {
                    return;
                }

                _ancestor = before.IsDefault ? new string?[fields] : [.. before];
            }

            _ancestor[field] = value;
        }
    }
}
