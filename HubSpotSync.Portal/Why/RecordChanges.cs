using HubSpotSync.Core.Fields;
using HubSpotSync.Data;
using HubSpotSync.Data.Journal;
using HubSpotSync.Portal.Customers;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Why;

/// <summary>A write of the sync with its fields in words.</summary>
internal sealed record ChangeEntry(RecordChange Change, IReadOnlyList<ChangeLine> Lines);

/// <param name="Older">Where the next page begins; <c>null</c>: this is the last one.</param>
internal sealed record ChangePage(IReadOnlyList<ChangeEntry> Entries, long? Older);

/// <summary>Everything that the sync wrote for one record, on either side, the newest first.</summary>
internal sealed class RecordChanges(CrmDbContext db, ValueDictionary dictionary)
{
    private const int PageSize = 20;

    public async Task<ChangePage> ReadAsync(
        Standing standing, FieldMap map, long? before, CancellationToken cancellationToken)
    {
        if (standing.Local is not { Id: var id })
        {
            return new ChangePage([], null);
        }

        var until = before ?? long.MaxValue;
        var rows = await db.Changes.AsNoTracking()
            .Where(change => change.LocalId == id && change.Kind == standing.Kind && change.Id < until)
            .OrderByDescending(change => change.Id)
            .Take(PageSize + 1)
            .ToListAsync(cancellationToken);
        var words = await dictionary.ReadAsync(cancellationToken);
        var entries = rows.Take(PageSize).Select(row => new ChangeEntry(row, ChangeLine.Of(row, map, words))).ToList();
        return new ChangePage(entries, rows.Count > PageSize ? entries[^1].Change.Id : null);
    }
}
