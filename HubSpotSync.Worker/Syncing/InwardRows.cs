using System.Collections.Immutable;
using System.Diagnostics;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Matching;
using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Bulk;
using HubSpotSync.Data.Journal;
using HubSpotSync.HubSpotApi.Objects;

namespace HubSpotSync.Worker.Syncing;

/// <summary>Turns the decided pairs of a page into the rows to write here.</summary>
internal sealed class InwardRows(
    SyncPolicy policy, IReadOnlyDictionary<string, Guid> emailHolders, TimeProvider clock)
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
            LinkVersion = pair.LinkVersion,
            KnowsCompany = pair.Record.Associated is not null && policy.TakesCompanies,
            KnowsPeople = pair.Record.Associated is not null,
            HadOpenConflicts = pair.Local?.HasOpenConflicts ?? false,
            WasCandidate = pair.WasCandidate,
            KnownCreations = [.. (pair.Local?.Unanswered ?? []).Where(sent => sent.IsCreation).Select(sent => sent.Id)],
            CompanyHubSpotId = pair.Record.AssociatedWith(Queries.Companies) is [var company, ..] ? company : null,
            ContactHubSpotIds = pair.Record.AssociatedWith(Queries.Contacts),
            State = OutcomeState.InSync,
            Reason = OutcomeReason.Agreed,
        };
        var hubSpot = pair.State.HubSpot!; // inward pairs have one
        return pair.Plan switch
        {
            RecordPlan.Nothing => Complain(Remember(WithMerges(row, pair), pair), pair),
            RecordPlan.Excluded excluded => Exclude(row, excluded.Reason, pair),
            RecordPlan.ArchiveLocal archive => Archive(Exclude(row, archive.Reason, pair), pair),
            RecordPlan.NeedsReview review => Ask(row, review.Reason, pair),
            RecordPlan.CreateLocal create => Complain(Create(row, hubSpot, create.IsApart), pair),
            RecordPlan.Update update =>
                Complain(Update(WithMerges(row, pair), pair, update, answer), pair),
            _ => throw new UnreachableException($"An inward look can't end in {pair.Plan.GetType().Name}."),
        };
    }

    private static PageRow WithMerges(PageRow row, InwardPair pair) => row with
    {
        MergedIds = [.. pair.Merged.Select(merged => merged.HubSpotId!.Value)], // they were found by their links
        MergedLocalIds = [.. pair.Merged.Select(merged => merged.Id).Where(id => id != pair.Local?.Id)],
    };

    /// <summary>A pair that is linked and out of scope is not synced any more, and says so.</summary>
    private static PageRow Exclude(PageRow row, OutcomeReason reason, InwardPair pair) => row with
    {
        State = OutcomeState.Excluded,
        Reason = reason == OutcomeReason.ArchivedHere && pair.Local is { IsMergedAway: true }
            ? OutcomeReason.MergedHere
            : reason,
        Detail = reason == OutcomeReason.StageNotInScope ? pair.State.HubSpot![StandardFields.LifecycleStage] : null,
        IsDetached = Detaches(reason) && pair.Local?.HubSpotId == pair.Record.Id,
    };

    private static bool Detaches(OutcomeReason reason) => reason is OutcomeReason.StageNotInScope
        or OutcomeReason.NotInLists or OutcomeReason.NotActive or OutcomeReason.StillActive or OutcomeReason.SetApart;

    private static PageRow Archive(PageRow row, InwardPair pair) =>
        row with { Write = LocalWrite.Archive, Version = pair.Local!.Version }; // only what is here is archived

    private static PageRow Ask(PageRow row, OutcomeReason reason, InwardPair pair) => row with
    {
        State = reason == OutcomeReason.WaitsForReview ? OutcomeState.Excluded : OutcomeState.Failing,
        Reason = reason,
        Candidate = pair.State.HubSpot!.Map.Kind != RecordKind.Contact ? null : pair.State.Match switch // has one
        {
            MatchResult.Matched match => Candidate(pair, [match.LocalId], match.By.ToString()),
            MatchResult.Ambiguous several => Candidate(pair, [.. several.LocalIds], null),
            _ => Candidate(pair, [], null),
        },
    };

    private static ImportCandidate Candidate(InwardPair pair, IReadOnlyList<Guid> matches, string? by) =>
        new(pair.State.HubSpot!.Values, matches, by); // inward pairs have one

    /// <summary>Whatever else became of it: a value that can't be translated needs a person.</summary>
    private static PageRow Complain(PageRow row, InwardPair pair)
    {
        var hubSpot = pair.State.HubSpot!; // inward pairs have one
        var local = pair.State.Local?.Gaps ?? [];
        if (row.State != OutcomeState.InSync || (hubSpot.Gaps.IsEmpty && local.IsEmpty))
        {
            return row;
        }

        var gaps = hubSpot.Gaps.Concat(local)
            .Where(gap => gap.Kind == GapKind.Unmapped && hubSpot.Map.Fields[gap.Field].Direction != FieldDirection.Off)
            .Select(gap => $"{hubSpot.Map.Fields[gap.Field].Name}={gap.Value}")
            .ToList();
        return gaps.Count == 0
            ? row
            : row with
            {
                State = OutcomeState.Failing,
                Reason = OutcomeReason.ValueNotMapped,
                Detail = string.Join("; ", gaps),
            };
    }

    private static PageRow Fail(PageRow row, OutcomeReason reason) =>
        row with { State = OutcomeState.Failing, Reason = reason };

    private PageRow Create(PageRow row, RecordSnapshot hubSpot, bool isApart)
    {
        var values = hubSpot.Values;
        if (IsHeldByOther(hubSpot[StandardFields.Email], null, []))
        {
            if (!isApart)
            {
                return Fail(row, OutcomeReason.EmailTakenHere);
            }

            values = values.SetItem(hubSpot.Map.PositionOf(StandardFields.Email), null);
        }

        return row with
        {
            LocalId = Guid.CreateVersion7(clock.GetUtcNow()),
            Write = LocalWrite.Create,
            Values = values,
            LocalChanges = ChangesFromNothing(values),
            Ancestor = values,
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

        if (pair.HasMoved)
        {
            // With what both sides agreed on the writer finds its link changed, and has the page looked at again.
            return Fail(row with { Ancestor = pair.State.Ancestor }, OutcomeReason.MovedMeanwhile);
        }

        row = row with { Settled = pair.Settled, SentId = pair.SentId, IsSentDone = answer is ObjectWritten.Done };
        var outcome = MergeOutcome.Of(pair.State, update.Merge, answer);
        var email = hubSpot.Map.PositionOf(StandardFields.Email);
        if ((update.Revives || outcome.LocalChanges.Any(change => change.Field == email))
            && email >= 0 && IsHeldByOther(outcome.Values[email], local.Id, row.MergedLocalIds))
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

        var open = update.Merge.Conflicts.Where(conflict => conflict.AsksPerson)
            .Select(conflict => hubSpot.Map.Fields[conflict.Field].Label).ToList();
        var (reason, detail) = outcome.Refusal is { } refusal ? (OutcomeReason.RefusedByHubSpot, refusal)
            : open.Count > 0 ? (OutcomeReason.AwaitsDecision, string.Join(", ", open))
            : (OutcomeReason.Agreed, null);
        return row with
        {
            Write = outcome.LocalChanges.IsEmpty && !update.Revives ? LocalWrite.None : LocalWrite.Update,
            Revives = update.Revives,
            Version = local.Version,
            Values = outcome.Values,
            LocalChanges = outcome.LocalChanges,
            HubSpotChanges = outcome.HubSpotChanges,
            Ancestor = outcome.Ancestor,
            WrittenAt = WrittenAt(answer),
            IsNewLink = update.IsNewLink,
            Conflicts = update.Merge.Conflicts,
            State = reason == OutcomeReason.Agreed ? OutcomeState.InSync : OutcomeState.Failing,
            Reason = reason,
            Detail = detail,
        };
    }

    private static DateTimeOffset? WrittenAt(ObjectWritten? answer) => (answer as ObjectWritten.Done)?.Record.UpdatedAt;

    /// <summary>No record is given an address that another one here has.</summary>
    private bool IsHeldByOther(string? email, Guid? localId, IReadOnlyList<Guid> ending) =>
        email is not null && emailHolders.TryGetValue(email, out var holder) && holder != localId
        && !ending.Contains(holder);

    private static ImmutableArray<FieldChange> ChangesFromNothing(ImmutableArray<string?> values)
    {
        var changes = ImmutableArray.CreateBuilder<FieldChange>(values.Length);
        for (var field = 0; field < values.Length; field++)
        {
            if (values[field] is { } value)
            {
                changes.Add(new FieldChange(field, null, value));
            }
        }

        return changes.DrainToImmutable();
    }
}
