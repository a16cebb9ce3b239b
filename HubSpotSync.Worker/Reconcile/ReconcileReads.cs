using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Bulk;
using HubSpotSync.HubSpotApi.Objects;
using HubSpotSync.Worker.Syncing;

namespace HubSpotSync.Worker.Reconcile;

/// <summary>What a reconcile reads, by pages.</summary>
internal sealed class ReconcileReads(ObjectReader objects, ObjectSearch search, LocalRecords records)
{
    public Task<HubSpotPage> ListAsync(
        SyncContext context, RecordKind kind, string? after, CancellationToken cancellationToken) =>
        objects.ListAsync(context.Session, context.QueryOf(kind), after, cancellationToken);

    /// <summary>The next customers that HubSpot does not have yet.</summary>
    /// <param name="onlyNew">Leaves out those that a look kept out before.</param>
    public Task<List<LocalRow>> ReadUnlinkedAsync(
        SyncContext context, Guid after, bool onlyNew, CancellationToken cancellationToken)
    {
        var table = context.TableOf(RecordKind.Contact);
        return records.ReadUnlinkedAsync(
            context.ConnectionId, table, after, ObjectReader.PageSize, onlyNew, cancellationToken);
    }

    public Task<int> CountUnlinkedAsync(SyncContext context, CancellationToken cancellationToken) =>
        records.CountUnlinkedAsync(context.ConnectionId, RecordKind.Contact, cancellationToken);

    /// <summary>How many records there are to look at; for a progress bar, so nearly right is good enough.</summary>
    public async Task<int> CountAsync(SyncContext context, CancellationToken cancellationToken)
    {
        var total = 0;
        var kinds = Enum.GetValues<RecordKind>().Where(context.Policy.Takes);
        foreach (var kind in kinds)
        {
            total += await search.CountAsync(context.Session, kind, null, null, cancellationToken);
        }

        return context.Policy.WritesToHubSpot
            ? total + await CountUnlinkedAsync(context, cancellationToken)
            : total;
    }
}
