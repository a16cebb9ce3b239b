using HubSpotSync.Core.Listing;
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
        SyncContext context, Guid after, int limit, bool onlyNew, CancellationToken cancellationToken)
    {
        var table = context.TableOf(RecordKind.Contact);
        return records.ReadUnlinkedAsync(
            context.ConnectionId, table, after, limit, onlyNew, cancellationToken);
    }

    public Task<int> CountUnlinkedAsync(SyncContext context, CancellationToken cancellationToken) =>
        records.CountUnlinkedAsync(context.ConnectionId, cancellationToken);

    public async Task<ListSize> SizeAsync(SyncContext context, RecordKind kind, CancellationToken cancellationToken)
    {
        var (total, largestId) = await search.CountAsync(context.Session, kind, cancellationToken);
        return new ListSize(total, largestId);
    }

    /// <summary>How many records there are to look at; for a progress bar, so nearly right is good enough.</summary>
    public async Task<RecordCounts> CountAsync(SyncContext context, CancellationToken cancellationToken)
    {
        var counts = new RecordCounts();
        var kinds = Enum.GetValues<RecordKind>().Where(context.Policy.Takes);
        var sizes = await Task.WhenAll(kinds.Select(
            async kind => (kind, await SizeAsync(context, kind, cancellationToken))));
        foreach (var (kind, size) in sizes)
        {
            counts.Total += size.Count;
            counts.Sizes[kind] = size;
        }

        if (context.Policy.WritesToHubSpot)
        {
            counts.Total += await CountUnlinkedAsync(context, cancellationToken);
        }

        return counts;
    }
}

/// <summary>How many records there are, of all kinds and of each that was counted.</summary>
internal sealed class RecordCounts
{
    public int Total { get; set; }

    public Dictionary<RecordKind, ListSize> Sizes { get; } = [];
}
