using System.Collections.Immutable;
using System.Diagnostics;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Bulk;
using HubSpotSync.Data.Journal;
using HubSpotSync.HubSpotApi.Objects;

namespace HubSpotSync.Worker.Syncing;

/// <summary>Turns the decided pairs of a page into the rows to write here.</summary>
internal sealed class InwardRows(IReadOnlyDictionary<string, Guid> emailHolders, TimeProvider clock)
{
    /// <param name="answer">What HubSpot said to our part of the merge, if there was one.</param>
    public PageRow RowOf(InwardPair pair, ObjectWritten? answer)
    {
        var row = new PageRow
        {
            LocalId = pair.Local?.Id,
            HubSpotId = pair.Record.Id,
            EditedAt = pair.Record.UpdatedAt,
            SeenAt = pair.Record.UpdatedAt,
            LinkVersion = pair.Local?.HubSpotId == pair.Record.Id ? pair.Local.LinkVersion : null,
            KnowsAssociations = pair.Record.Associated is not null,
            CompanyHubSpotId = pair.Record.AssociatedWith(Queries.Companies) is [var company, ..] ? company : null,
            ContactHubSpotIds = pair.Record.AssociatedWith(Queries.Contacts),
            State = OutcomeState.InSync,
            Reason = OutcomeReason.Agreed,
        };
        var hubSpot = pair.State.HubSpot!; // inward pairs have one
        return pair.Plan switch
        {
            RecordPlan.Nothing => Remember(WithMerges(row, pair), pair),
            RecordPlan.Excluded excluded => Exclude(row, excluded.Reason, hubSpot),
            RecordPlan.NeedsReview review => Fail(row, review.Reason),
            RecordPlan.CreateLocal => Create(row, hubSpot),
            RecordPlan.Update update =>
                Update(WithMerges(row, pair), pair, update, answer),
            _ => throw new UnreachableException($"An inward look can't end in {pair.Plan.GetType().Name}."),
        };
    }

    private static PageRow WithMerges(PageRow row, InwardPair pair) => row with
    {
        MergedIds = [.. pair.Merged.Select(merged => merged.HubSpotId!.Value)], // they were found by their links
        MergedLocalIds = [.. pair.Merged.Select(merged => merged.Id).Where(id => id != pair.Local?.Id)],
    };

    private static PageRow Exclude(PageRow row, OutcomeReason reason, RecordSnapshot hubSpot) => row with
    {
        State = OutcomeState.Excluded,
        Reason = reason,
        Detail = reason == OutcomeReason.StageNotInScope ? hubSpot[StandardFields.LifecycleStage] : null,
    };

    private static PageRow Fail(PageRow row, OutcomeReason reason) =>
        row with { State = OutcomeState.Failing, Reason = reason };

    private PageRow Create(PageRow row, RecordSnapshot hubSpot)
    {
        if (IsHeldByOther(hubSpot[StandardFields.Email], null, []))
        {
            return Fail(row, OutcomeReason.EmailTakenHere);
        }

        return row with
        {
            LocalId = Guid.CreateVersion7(clock.GetUtcNow()),
            Write = LocalWrite.Create,
            Values = hubSpot.Values,
            LocalChanges = ChangesFromNothing(hubSpot.Values),
            Ancestor = hubSpot.Values,
            IsNewLink = true,
        };
    }

    /// <summary>Nothing is to be done, but it turned out that something had been.</summary>
    private static PageRow Remember(PageRow row, InwardPair pair) =>
        pair.Settled.IsEmpty ? row : row with { Settled = pair.Settled, Ancestor = pair.State.Ancestor };

    private PageRow Update(PageRow row, InwardPair pair, RecordPlan.Update update, ObjectWritten? answer)
    {
        var (local, hubSpot) = (pair.Local!, pair.State.HubSpot!); // an update has both sides
        if (!update.Merge.AwaitsHubSpotClock.IsEmpty)
        {
            return Fail(row, OutcomeReason.MovedMeanwhile); // it was edited with each read; nothing was sent
        }

        row = row with { Settled = pair.Settled, SentId = pair.SentId, IsSentDone = answer is ObjectWritten.Done };
        var outcome = MergeOutcome.Of(local, hubSpot, update.Merge, answer);
        var email = hubSpot.Map.PositionOf(StandardFields.Email);
        if (outcome.LocalChanges.Any(change => change.Field == email
            && IsHeldByOther(change.After, local.Id, row.MergedLocalIds)))
        {
            var kept = row with
            {
                MergedIds = [],
                MergedLocalIds = [],
                HubSpotChanges = outcome.HubSpotChanges,
                Settled = [], // for the look that can write the ancestor
                WrittenAt = WrittenAt(answer),
            };
            return Fail(kept, OutcomeReason.EmailTakenHere);
        }

        return row with
        {
            Write = outcome.LocalChanges.IsEmpty ? LocalWrite.None : LocalWrite.Update,
            Version = local.Version,
            Values = outcome.Values,
            LocalChanges = outcome.LocalChanges,
            HubSpotChanges = outcome.HubSpotChanges,
            Ancestor = outcome.Ancestor,
            WrittenAt = WrittenAt(answer),
            IsNewLink = update.IsNewLink,
            Conflicts = update.Merge.Conflicts,
            State = outcome.Refusal is null ? OutcomeState.InSync : OutcomeState.Failing,
            Reason = outcome.Refusal is null ? OutcomeReason.Agreed : OutcomeReason.RefusedByHubSpot,
            Detail = outcome.Refusal,
        };
    }

    private static DateTimeOffset? WrittenAt(ObjectWritten? answer) => (answer as ObjectWritten.Done)?.Record.UpdatedAt;

    /// <summary>No record is given an address that another one here has.</summary>
    private bool IsHeldByOther(string? email, Guid? localId, IReadOnlyList<Guid> ending) =>
        email is not null && emailHolders.TryGetValue(email, out var holder) && holder != localId
        && !ending.Contains(holder);

    private static ImmutableArray<FieldChange> ChangesFromNothing(ImmutableArray<string?> values) =>
    [
        .. values
            .Select((value, field) => new FieldChange(field, null, value))
            .Where(change => change.After is not null),
    ];
}
