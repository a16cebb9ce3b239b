using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Matching;
using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Bulk;
using HubSpotSync.Data.Erasures;
using HubSpotSync.Data.Journal;
using HubSpotSync.HubSpotApi.Objects;
using HubSpotSync.HubSpotApi.Structure;

namespace HubSpotSync.Worker.Syncing;

/// <summary>
/// Looks at a page of customers that HubSpot may not have. They are created there under our own id as unique property,
/// so that doing it twice makes no second contact. Whom HubSpot has under this address after all (out of scope, or come
/// in the meantime) it names in its refusal; that one gets an inward look.
/// </summary>
internal sealed class OutwardLook(
    LocalRecords records,
    InwardLook inward,
    ObjectReader reader,
    ObjectWriter writer,
    LostCreations lostCreations,
    SentWrites sentWrites,
    ErasedPeople erasedPeople,
    TimeProvider clock)
{
    public async Task<List<PageRow>> LookAsync(
        SyncContext context, RecordTable table, IReadOnlyList<LocalRow> page, CancellationToken cancellationToken)
    {
        var rows = new List<PageRow>();
        var toCreate = new List<LocalRow>();
        foreach (var local in page)
        {
            var pair = new PairState(local.Snapshot, local.IsArchived, null, new MatchResult.None(), default);
            switch (SyncPlanner.Plan(pair, context.Policy, clock.GetUtcNow()))
            {
                case RecordPlan.CreateInHubSpot:
                    toCreate.Add(local);
                    break;
                case RecordPlan.Excluded excluded:
                    var reason = local.IsMergedAway ? OutcomeReason.MergedHere : excluded.Reason;
                    rows.Add(NewContact.LocalOnlyRow(local, OutcomeState.Excluded, reason));
                    break;
            }
        }

        var erased = await erasedPeople.AmongAsync(
            [.. toCreate.Select(local => local.Snapshot[StandardFields.Email]).OfType<string>()], cancellationToken);
        var kept = toCreate.FindAll(
            local => local.Snapshot[StandardFields.Email] is { } email && erased.Contains(email));
        rows.AddRange(kept.Select(
            local => NewContact.LocalOnlyRow(local, OutcomeState.Excluded, OutcomeReason.Erased)));
        toCreate.RemoveAll(kept.Contains);
        foreach (var look in (Look[])[LookAtSentAsync, LookByUniqueAsync])
        {
            rows.AddRange(await look(context, table, toCreate, cancellationToken));
            toCreate.RemoveAll(local => rows.Exists(row => row.LocalId == local.Id));
        }

        rows.AddRange(await CreateAsync(context, table, toCreate, cancellationToken));
        return rows;
    }

    /// <summary>
    /// The same page once more, as it is by now. Without its new versions and the notes of what was sent, it would be
    /// sent again as it was, over whatever was edited since.
    /// </summary>
    public async Task<List<PageRow>> LookAgainAsync(
        SyncContext context, RecordTable table, IReadOnlyList<LocalRow> page, CancellationToken cancellationToken)
    {
        var now = await records.ReadByIdsAsync(
            context.ConnectionId, table, [.. page.Select(local => local.Id)], cancellationToken);
        return await LookAsync(
            context, table, now.FindAll(local => local is { HubSpotId: null, IsArchived: false }), cancellationToken);
    }

    /// <summary>
    /// Whom we tried to create before, HubSpot may have, and somebody may have edited there since: writing everything
    /// once more would be blind.
    /// </summary>
    private async Task<IReadOnlyList<PageRow>> LookAtSentAsync(
        SyncContext context, RecordTable table, List<LocalRow> locals, CancellationToken cancellationToken)
    {
        var tried = locals.FindAll(local => local.Unanswered.Count > 0);
        if (tried.Count == 0)
        {
            return [];
        }

        if (!context.HasOwnId)
        {
            return await lostCreations.LookAsync(context, table, tried, cancellationToken);
        }

        return await LookAtAsync(
            context,
            table,
            AccountStructure.OwnIdProperty,
            [.. tried.Select(local => local.Id.ToString())],
            cancellationToken);
    }

    /// <summary>Whom the admin's unique property tells to be there under another address.</summary>
    private async Task<IReadOnlyList<PageRow>> LookByUniqueAsync(
        SyncContext context, RecordTable table, List<LocalRow> locals, CancellationToken cancellationToken)
    {
        if (UniqueKey.Of(context.Policy, table.Map) is not { } unique)
        {
            return [];
        }

        string[] values = [.. locals.Select(local => local.Snapshot[unique.Field]).OfType<string>().Distinct()];
        return await LookAtAsync(context, table, unique.Definition.HubSpotProperty, values, cancellationToken);
    }

    private async Task<List<PageRow>> LookAtAsync(
        SyncContext context, RecordTable table, string property, string[] values, CancellationToken cancellationToken)
    {
        if (values.Length == 0)
        {
            return [];
        }

        var there = await reader.ReadByAsync(
            context.Session, context.QueryOf(table.Map.Kind), property, values, cancellationToken);
        var rows = await inward.LookAsync(context, table, there, PageSource.Ids, cancellationToken);
        return rows.FindAll(row => row.LocalId is not null);
    }

    private async Task<List<PageRow>> CreateAsync(
        SyncContext context, RecordTable table, List<LocalRow> locals, CancellationToken cancellationToken)
    {
        var creations = locals.ConvertAll(local => Creation.Of(local, context, clock.GetUtcNow()));
        var noted = await sentWrites.NoteCreationsAsync(
            context.ConnectionId,
            context.Epoch,
            table.Map,
            [.. creations.Select(creation => creation.Note)],
            cancellationToken);
        var mine = creations.FindAll(creation => noted.Contains(creation.Local.Id));
        ObjectWrite[] writes = [.. mine.Select(creation => creation.Write)];
        var written = context.HasOwnId
            ? await writer.UpsertAsync(
                context.Session, table.Map.Kind, AccountStructure.OwnIdProperty, writes, cancellationToken)
            : await writer.CreateAsync(context.Session, table.Map.Kind, writes, cancellationToken);
        context.SuspectRefused(table.Map.Kind, written);
        var answers = written.ToDictionary(answer => answer.Id, StringComparer.Ordinal);
        var known = await LookAtKnownAsync(context, table, answers.Values, cancellationToken);
        return
        [
            .. creations.Except(mine).Select(creation => FoundMeanwhile(creation.Local)),
            .. from creation in mine
               let row = known.GetValueOrDefault(creation.Local.Id)
                   ?? RowOf(creation.Local, creation.Write, answers[creation.Write.Id])
               select row.SentId is null
                   ? row with { SentId = creation.Note.Id }
                   : row with { KnownCreations = [.. row.KnownCreations, creation.Note.Id] },
        ];
    }

    /// <summary>Somebody else has linked it to a contact: another look sees both sides.</summary>
    private PageRow FoundMeanwhile(LocalRow local) =>
        NewContact.LocalOnlyRow(local, OutcomeState.Failing, OutcomeReason.MovedMeanwhile) with
        {
            AsksForLookAt = clock.GetUtcNow(),
        };

    private async Task<Dictionary<Guid, PageRow>> LookAtKnownAsync(
        SyncContext context,
        RecordTable table,
        IEnumerable<ObjectWritten> answers,
        CancellationToken cancellationToken)
    {
        string[] existing =
        [
            .. answers.OfType<ObjectWritten.Refused>().Select(refused => refused.ExistingId).OfType<long>()
                .Distinct().Select(Queries.IdText),
        ];
        if (existing.Length == 0)
        {
            return [];
        }

        var known = await reader.ReadAsync(
            context.Session, context.QueryOf(table.Map.Kind), existing, cancellationToken);
        var looked = await inward.LookAsync(context, table, known, PageSource.Ids, cancellationToken);
        return looked.Where(row => row.LocalId is not null).ToDictionary(
            row => row.LocalId!.Value, // filtered just before
            row => row with { WasSeenInThisRun = row.State == OutcomeState.Excluded });
    }

    private static PageRow RowOf(LocalRow local, ObjectWrite sent, ObjectWritten answer) => answer switch
    {
        ObjectWritten.Done done => NewContact.CreatedRow(local, sent, done),
        ObjectWritten.Refused { ExistingId: not null } =>
            NewContact.LocalOnlyRow(local, OutcomeState.Failing, OutcomeReason.EmailTakenInHubSpot),
        ObjectWritten.Refused refused =>
            NewContact.LocalOnlyRow(local, OutcomeState.Failing, OutcomeReason.RefusedByHubSpot, refused.Detail),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private sealed record Creation(LocalRow Local, ObjectWrite Write, NotedWrite Note)
    {
        public static Creation Of(LocalRow local, SyncContext context, DateTimeOffset now)
        {
            var write = NewContact.WriteOf(local, context.Policy, context.HasOwnId);
            return new Creation(local, write, NewContact.NoteOf(local, write, now));
        }
    }

    private delegate Task<IReadOnlyList<PageRow>> Look(
        SyncContext context, RecordTable table, List<LocalRow> locals, CancellationToken cancellationToken);
}
