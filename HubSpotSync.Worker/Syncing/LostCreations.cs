using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Bulk;
using HubSpotSync.Data.Journal;
using HubSpotSync.HubSpotApi.Objects;

namespace HubSpotSync.Worker.Syncing;

/// <summary>
/// Customers whose creation in HubSpot was never answered, where HubSpot does not let us have a property of our own to
/// find them by. Who has an address is simply sent again: HubSpot names the one that is in the way. Who has none is
/// looked for by name and time, but not before the search can know of it.
/// </summary>
internal sealed class LostCreations(
    InwardLook inward, ObjectSearch search, ObjectReader reader, TimeProvider clock)
{
    private static readonly TimeSpan IndexLag = TimeSpan.FromSeconds(90);

    /// <summary>HubSpot's clock and ours may differ.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(2);

    private const int MostFound = 5;
    private static readonly string[] Names = ["first_name", "last_name"];

    /// <returns>Rows of those who are not to be sent again now.</returns>
    public async Task<List<PageRow>> LookAsync(
        SyncContext context, RecordTable table, List<LocalRow> tried, CancellationToken cancellationToken)
    {
        var rows = new List<PageRow>();
        foreach (var local in tried.Where(local => local.Snapshot[StandardFields.Email] is null))
        {
            var sure = local.Unanswered[^1].At + IndexLag;
            if (sure > clock.GetUtcNow())
            {
                var waits = NewContact.LocalOnlyRow(local, OutcomeState.Failing, OutcomeReason.AwaitsAnswer);
                rows.Add(waits with { AsksForLookAt = sure });
            }
            else if (await FindAsync(context, table, local, cancellationToken) is { } found)
            {
                rows.Add(found);
            }
        }

        return rows;
    }

    private async Task<PageRow?> FindAsync(
        SyncContext context, RecordTable table, LocalRow local, CancellationToken cancellationToken)
    {
        var map = table.Map;
        var named = Names.Where(name => local.Snapshot[name] is not null).Select(name => KeyValuePair.Create(
            map.Fields[map.PositionOf(name)].HubSpotProperty, local.Snapshot[name]!)); // just filtered
        var since = local.Unanswered[0].At - ClockSkew;
        var query = context.QueryOf(map.Kind);
        var found = await reader.CompleteAsync(
            context.Session,
            query,
            await search.CreatedSinceAsync(context.Session, query, named, since, cancellationToken),
            cancellationToken);
        foreach (var record in found.Where(one => ContactAddresses.PrimaryOf(map.Kind, one) is null).Take(MostFound))
        {
            // As if it carried our id: whoever is linked already is told apart by the link.
            var ours = ContactAddresses.WithOwnId(record, local.Id);
            var rows = await inward.LookAsync(context, table, [ours], PageSource.Ids, cancellationToken);
            if (rows.Find(row => row.LocalId == local.Id) is { } adopted)
            {
                return adopted;
            }
        }

        return null;
    }
}
