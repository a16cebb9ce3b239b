using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Crm;
using HubSpotSync.Portal.Customers.Writing;

namespace HubSpotSync.Portal.Customers.Merging;

/// <summary>Puts two records side by side, merges them, and finds again what was merged before.</summary>
internal sealed class MergeDesk(
    CrmDbContext db, RuleBook book, RecordWriter writer, RecordMerge merge, ValueDictionary dictionary)
{
    public async Task<CrmRecord?> FindAsync(RecordKind kind, Guid id, CancellationToken cancellationToken)
    {
        var record = await writer.FindAsync(kind, id, cancellationToken);
        db.ChangeTracker.Clear(); // a merge writes past it
        return record;
    }

    public async Task<MergePair> CompareAsync(
        RecordKind kind, CrmRecord mine, CrmRecord other, CancellationToken cancellationToken)
    {
        var rules = await book.ReadAsync(kind, cancellationToken);
        var linked = await book.LinkedAsync(rules, [mine.Id, other.Id], cancellationToken);
        return MergePair.Of(mine, other, rules, linked, await dictionary.ReadAsync(cancellationToken));
    }

    public Task<MergeAnswer> MergeAsync(
        RecordKind kind, MergePair pair, IReadOnlySet<string> fromOther, CancellationToken cancellationToken) =>
        merge.MergeAsync(kind, pair.Mine.Id, pair.Other.Id, fromOther, cancellationToken);

    /// <summary>What the page of a record says of merging.</summary>
    /// <param name="cameFrom">The record by whose address somebody came here.</param>
    public async Task<MergeLine?> LineOfAsync(CrmRecord record, Guid? cameFrom, CancellationToken cancellationToken)
    {
        var kind = record is Customer ? RecordKind.Contact : RecordKind.Company;
        if (record.MergedInto is { } next)
        {
            var id = await db.ThatStaysAsync(kind, next, cancellationToken);
            return id != record.Id && await FindAsync(kind, id, cancellationToken) is { } survivor
                ? new MergeLine(RecordNames.HrefOf(kind, id), RecordNames.Of(survivor), Goes: record.Id)
                : null;
        }

        return cameFrom is { } other && await FindAsync(kind, other, cancellationToken) is { MergedInto: not null } gone
            && await db.ThatStaysAsync(kind, other, cancellationToken) == record.Id
                ? new MergeLine($"{RecordNames.HrefOf(kind, other)}?itself=true", RecordNames.Of(gone), Goes: null)
                : null;
    }
}
