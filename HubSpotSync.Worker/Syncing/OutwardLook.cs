using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Matching;
using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Bulk;
using HubSpotSync.Data.Journal;
using HubSpotSync.HubSpotApi.Objects;
using HubSpotSync.HubSpotApi.Structure;

namespace HubSpotSync.Worker.Syncing;

/// <summary>
/// Looks at a page of customers that HubSpot may not have. Whoever it has under their address after all (it was out of
/// scope, or came in the meantime) gets an inward look; the others are created there, under our own id as unique
/// property, so that doing it twice makes no second contact.
/// </summary>
internal sealed class OutwardLook(InwardLook inward, ObjectReader reader, ObjectWriter writer)
{
    public async Task<List<PageRow>> LookAsync(
        SyncContext context, RecordTable table, IReadOnlyList<LocalRow> page, CancellationToken cancellationToken)
    {
        var rows = await LookAtKnownAsync(context, table, page, cancellationToken);
        var seen = rows.Select(row => row.LocalId).ToHashSet();
        var toCreate = new List<LocalRow>();
        foreach (var local in page.Where(local => !seen.Contains(local.Id)))
        {
            var pair = new PairState(local.Snapshot, local.IsArchived, null, new MatchResult.None(), default);
            switch (SyncPlanner.Plan(pair, context.Policy))
            {
                case RecordPlan.CreateInHubSpot:
                    toCreate.Add(local);
                    break;
                case RecordPlan.Excluded excluded:
                    rows.Add(NewContact.LocalOnlyRow(local, OutcomeState.Excluded, excluded.Reason));
                    break;
            }
        }

        rows.AddRange(await CreateAsync(context, table, toCreate, cancellationToken));
        return rows;
    }

    private async Task<List<PageRow>> LookAtKnownAsync(
        SyncContext context, RecordTable table, IReadOnlyList<LocalRow> page, CancellationToken cancellationToken)
    {
        string[] emails = [.. page.Select(local => local.Snapshot[StandardFields.Email]).OfType<string>().Distinct()];
        if (emails.Length == 0)
        {
            return [];
        }

        var known = await reader.ReadAsync(
            context.Session, Queries.Of(table.Map), emails, "email", cancellationToken);
        var looked = await inward.LookAsync(context, table, known, cancellationToken);
        return
        [
            .. from row in looked
               where row.LocalId is not null
               select row with { WasSeenInThisRun = row.State == OutcomeState.Excluded },
        ];
    }

    private async Task<IEnumerable<PageRow>> CreateAsync(
        SyncContext context, RecordTable table, List<LocalRow> locals, CancellationToken cancellationToken)
    {
        var writes = locals.ConvertAll(local => NewContact.WriteOf(local, context.Policy));
        var answers = await writer.UpsertAsync(
            context.Session, table.Map.Kind, AccountStructure.OwnIdProperty, writes, cancellationToken);
        var byId = answers.ToDictionary(answer => answer.Id, StringComparer.Ordinal);
        return locals.Zip(writes, (local, sent) => RowOf(local, sent, byId[sent.Id]));
    }

    private static PageRow RowOf(LocalRow local, ObjectWrite sent, ObjectWritten answer) => answer switch
    {
        ObjectWritten.Done done => NewContact.CreatedRow(local, sent, done),
        ObjectWritten.Refused refused =>
            NewContact.LocalOnlyRow(local, OutcomeState.Failing, OutcomeReason.RefusedByHubSpot, refused.Reason),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
