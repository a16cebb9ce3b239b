using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Bulk;
using HubSpotSync.Data.Erasures;
using HubSpotSync.HubSpotApi.Objects;

namespace HubSpotSync.Worker.Syncing;

/// <summary>
/// Looks at a page of records that HubSpot has: finds their local sides, plans, asks HubSpot for edit times where both
/// sides changed the same field, writes to HubSpot what it has to learn, and gives back what is left to write here.
/// HubSpot comes first: if we die before the local write, the next look finds both sides equal and records that.
/// </summary>
internal sealed class InwardLook(
    InwardPairing pairing,
    ObjectReader reader,
    AssociationReader associations,
    HubSpotUpdates updates,
    ErasedPeople erasedPeople,
    SafetyGuard guard,
    TimeProvider clock)
{
    private const int MostReads = 3;

    /// <param name="source">
    /// What a list or a search says about a record that we may overwrite, or have written since, is read again.
    /// </param>
    public async Task<List<PageRow>> LookAsync(
        SyncContext context,
        RecordTable table,
        IReadOnlyList<HubSpotRecord> page,
        PageSource source,
        CancellationToken cancellationToken)
    {
        var histories = new Dictionary<long, RecordHistory>();
        var (pairs, emailHolders) = await PlanAsync(context, table, page, source, histories, cancellationToken);
        var isFresh = source == PageSource.Ids;
        for (var reads = 0; reads < MostReads; reads++)
        {
            // A record may be edited here between two reads, and only then turn out to be in conflict.
            var doubtful = pairs.FindAll(pair => NeedsHistory(pair, histories) || (!isFresh && NeedsFreshRead(pair)));
            if (doubtful.Count == 0)
            {
                break;
            }

            var fresh = await ReadAgainAsync(context, table, doubtful, histories, cancellationToken);
            var certain = pairs.Except(doubtful).Select(pair => pair.Record);
            (pairs, emailHolders) = await PlanAsync(
                context, table, [.. certain, .. fresh], source, histories, cancellationToken);
            isFresh = true;
        }

        if (source == PageSource.Search)
        {
            await AddAssociationsAsync(context, table, pairs, cancellationToken);
        }

        await guard.CheckAsync(context, table, pairs, source == PageSource.List, cancellationToken);
        return await ApplyAsync(context, table, new InwardPage(pairs, emailHolders), cancellationToken);
    }

    /// <summary>Writes to HubSpot what was decided, and gives what is left to write here.</summary>
    private async Task<List<PageRow>> ApplyAsync(
        SyncContext context, RecordTable table, InwardPage page, CancellationToken cancellationToken)
    {
        var answers = await updates.WriteAsync(context, table, page.Pairs, cancellationToken);
        var rows = new InwardRows(context.Policy, page.EmailHolders, clock);
        return [.. page.Pairs.Select(pair => rows.RowOf(pair, answers.GetValueOrDefault(pair.Record.Id)))];
    }

    private async Task<InwardPage> PlanAsync(
        SyncContext context,
        RecordTable table,
        IReadOnlyList<HubSpotRecord> page,
        PageSource source,
        IReadOnlyDictionary<long, RecordHistory> histories,
        CancellationToken cancellationToken)
    {
        var paired = await pairing.PairAsync(context, table, page, histories, cancellationToken);
        foreach (var pair in paired.Pairs)
        {
            Suspect(context, pair);
            pair.Plan = SyncPlanner.Plan(pair.State, context.Policy, clock.GetUtcNow());
        }

        await KeepOutErasedAsync(paired.Pairs, cancellationToken);
        if (source == PageSource.Search)
        {
            paired.Pairs.RemoveAll(IsOldNews);
        }

        return paired;
    }

    private async Task KeepOutErasedAsync(List<InwardPair> pairs, CancellationToken cancellationToken)
    {
        var coming = pairs.Where(pair => pair.Plan is RecordPlan.CreateLocal && EmailOf(pair) is not null).ToList();
        var erased = await erasedPeople.AmongAsync([.. coming.Select(pair => EmailOf(pair)!)], cancellationToken);
        foreach (var pair in coming.Where(pair => erased.Contains(EmailOf(pair)!))) // those without were left out
        {
            pair.Plan = new RecordPlan.Excluded(OutcomeReason.Erased);
        }
    }

    private static string? EmailOf(InwardPair pair) => pair.State.HubSpot![StandardFields.Email]; // it has one

    /// <summary>
    /// Nothing happened in HubSpot since we saw all of it. What happened here asked for a look itself.
    /// </summary>
    private static bool IsOldNews(InwardPair pair) =>
        pair.Local?.HubSpotId == pair.Record.Id && pair.Record.UpdatedAt <= pair.Local.SeenUntil
        && pair.Local is { IsDetached: false } && pair.Merged.Count == 0;

    private async Task AddAssociationsAsync(
        SyncContext context, RecordTable table, List<InwardPair> pairs, CancellationToken cancellationToken)
    {
        var query = context.QueryOf(table.Map.Kind);
        var ours = pairs.FindAll(pair => pair.Plan is not (RecordPlan.Excluded or RecordPlan.NeedsReview));
        if (query.Associations.Count == 0 || ours.Count == 0)
        {
            return;
        }

        HubSpotRecord[] records = [.. ours.Select(pair => pair.Record)];
        var read = await associations.AddToAsync(context.Session, query, records, cancellationToken);
        foreach (var (pair, record) in ours.Zip(read))
        {
            pair.Record = record;
        }
    }

    private static void Suspect(SyncContext context, InwardPair pair)
    {
        var hubSpot = pair.State.HubSpot!; // inward pairs have one
        foreach (var gap in hubSpot.Gaps.Where(gap => gap.Kind == GapKind.Unread))
        {
            var field = hubSpot.Map.Fields[gap.Field];
            if (field.Direction != FieldDirection.Off)
            {
                context.Suspect(hubSpot.Map.Kind, field.HubSpotProperty);
            }
        }
    }

    private static bool NeedsFreshRead(InwardPair pair) => pair.Record.UpdatedAt < pair.Local?.KnownUntil
        || pair.Plan is RecordPlan.Update { Merge.HubSpotPatch.IsEmpty: false };

    /// <summary>
    /// Both sides changed the same field, or what we sent before was not answered.
    /// </summary>
    private static bool NeedsHistory(InwardPair pair, Dictionary<long, RecordHistory> known) =>
        !known.ContainsKey(pair.Record.Id)
        && (pair.Plan is RecordPlan.Update { Merge.AwaitsHubSpotClock.IsEmpty: false }
            || OwnWrites.AreDoubtful(pair.Local?.Sent ?? []));

    /// <summary>
    /// Values and history in one answer, 50 records a request, where history is needed: a time that was read later than
    /// its value may be that of another one. Whoever is gone by now is left to the look that follows its archiving.
    /// </summary>
    private async Task<IEnumerable<HubSpotRecord>> ReadAgainAsync(
        SyncContext context,
        RecordTable table,
        List<InwardPair> doubtful,
        Dictionary<long, RecordHistory> histories,
        CancellationToken cancellationToken)
    {
        var known = doubtful.ToDictionary(pair => pair.Record.Id, pair => pair.Record);
        var query = context.QueryOf(table.Map.Kind);
        var dated = doubtful.FindAll(pair => NeedsHistory(pair, histories));
        var fresh = await reader.ReadAsync(
            context.Session, query, doubtful.Except(dated).Select(IdText), cancellationToken);
        var read = await reader.ReadWithHistoryAsync(
            context.Session, query, dated.Select(IdText), PropertiesToDate(table.Map), cancellationToken);
        foreach (var one in read)
        {
            histories[one.Record.Id] = one;
        }

        return fresh.Concat(read.Select(one => one.Record)).Select(record => CarryOver(known[record.Id], record));
    }

    private static string IdText(InwardPair pair) => Queries.IdText(pair.Record.Id);

    /// <summary>What an answer to ids does not have.</summary>
    private static HubSpotRecord CarryOver(HubSpotRecord before, HubSpotRecord fresh)
    {
        var own = ContactAddresses.OwnIdOf(fresh) is null ? ContactAddresses.OwnIdOf(before) : null;
        return (own is { } id ? ContactAddresses.WithOwnId(fresh, id) : fresh) with { Associated = before.Associated };
    }

    /// <summary>All that travel to HubSpot: another one may have been edited by the time that we ask.</summary>
    private static string[] PropertiesToDate(FieldMap map) =>
    [
        .. map.Fields.Where(field => field.TravelsToHubSpot)
            .Select(field => field.HubSpotProperty),
    ];
}
