using System.Collections.Immutable;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Planning;
using HubSpotSync.HubSpotApi.Objects;

namespace HubSpotSync.Worker.Syncing;

/// <summary>
/// A merge after HubSpot answered its part of it. Only what HubSpot confirmed becomes ancestor: a field that it refused
/// keeps the old one, and a value that it wrote in another form (a phone, say) is taken back in that form, so that the
/// two sides agree and no look ever sees a difference of spelling again.
/// </summary>
internal sealed record MergeOutcome(
    ImmutableArray<string?> Values,
    ImmutableArray<string?> Ancestor,
    ImmutableArray<FieldChange> LocalChanges,
    ImmutableArray<FieldChange> HubSpotChanges,
    string? Refusal)
{
    public static MergeOutcome Of(PairState pair, MergeResult merge, ObjectWritten? answer)
    {
        var (local, hubSpot) = (pair.Local!, pair.HubSpot!); // what was merged has both sides
        var ancestor = merge.Ancestor.ToBuilder();
        var localChanges = merge.LocalPatch.ToBuilder();
        var hubSpotChanges = merge.HubSpotPatch;
        string? refusal = null;
        switch (answer)
        {
            case ObjectWritten.Refused refused:
                refusal = refused.Detail;
                hubSpotChanges = [];
                foreach (var change in merge.HubSpotPatch)
                {
                    ancestor[change.Field] = pair.Ancestor.IsDefault ? null : pair.Ancestor[change.Field];
                }

                break;
            case ObjectWritten.Done done:
                foreach (var change in merge.HubSpotPatch)
                {
                    var field = hubSpot.Map.Fields[change.Field];
                    if (!done.Record.Properties.TryGetValue(field.HubSpotProperty, out var raw))
                    {
                        continue;
                    }

                    var written = field.FromHubSpot(raw, out var isKnown);
                    if (!isKnown)
                    {
                        continue; // what it is called here, nobody knows; what we sent is called as we sent it
                    }

                    ancestor[change.Field] = written;
                    if (!FieldValue.Same(field.Type, written, change.After))
                    {
                        localChanges.Add(new FieldChange(change.Field, change.After, written));
                    }
                }

                break;
        }

        var values = local.Values.ToBuilder();
        foreach (var change in localChanges)
        {
            values[change.Field] = change.After;
        }

        return new MergeOutcome(
            values.ToImmutable(), ancestor.ToImmutable(), localChanges.ToImmutable(), hubSpotChanges, refusal);
    }
}
