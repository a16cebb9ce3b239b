using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Merging;
using Npgsql;

namespace HubSpotSync.Data.Bulk;

/// <summary>The part of a page that is history: each write with before, after and cause, and each conflict.</summary>
internal sealed class PageJournal(
    NpgsqlConnection connection, Guid workspaceId, Guid connectionId, FieldMap map, Guid? runId)
{
    public async Task WriteAsync(IReadOnlyList<PageRow> rows, CancellationToken cancellationToken)
    {
        var changes = rows.SelectMany(ChangesOf).ToList();
        if (changes.Count > 0)
        {
            await WriteChangesAsync(changes, cancellationToken);
        }

        var conflicts = rows
            .SelectMany(row => row.Conflicts.Where(conflict => conflict.Winner != ConflictWinner.Neither)
                .Select(conflict => (Row: row, Conflict: conflict)))
            .ToList();
        if (conflicts.Count > 0)
        {
            await WriteConflictsAsync(conflicts, cancellationToken);
        }
    }

    private IEnumerable<Change> ChangesOf(PageRow row)
    {
        if (row.Write != LocalWrite.None)
        {
            var (action, cause) = row.Write switch
            {
                LocalWrite.Create => ("Create", "HubSpot has it and it was not here"),
                LocalWrite.Archive => ("Archive", "Its contact left what is synced"),
                _ when row is { Revives: true, LocalChanges.IsEmpty: true } =>
                    ("Restore", "Its contact is in what is synced again"),
                _ => ("Update", row.Cause ?? "HubSpot's value is newer or the only one"),
            };
            yield return new Change(row, "Local", action, FieldChangeJson.Write(map, row.LocalChanges), cause);
        }

        if (!row.HubSpotChanges.IsEmpty)
        {
            var (action, cause) = row.WasCreatedInHubSpot
                ? ("Create", "It is here and HubSpot did not have it")
                : ("Update", "The value here is newer or the only one");
            yield return new Change(row, "HubSpot", action, FieldChangeJson.Write(map, row.HubSpotChanges), cause);
        }

        if (row.IsNewLink && row.Write != LocalWrite.Create && !row.WasCreatedInHubSpot)
        {
            yield return new Change(row, "Local", "Link", "{}", "Both hold the same address");
        }

        foreach (var sent in row.Settled.Where(sent => sent.HasLanded))
        {
            var fields = FieldChangeJson.Write(map, sent.Changes);
            yield return new Change(row, "HubSpot", "Update", fields, "Sent before; HubSpot's answer never came");
        }

        foreach (var merged in row.MergedLocalIds)
        {
            yield return new Change(row with { LocalId = merged }, "Local", "Merge", "{}", "HubSpot merged the two");
        }
    }

    private Task WriteChangesAsync(List<Change> changes, CancellationToken cancellationToken) => InsertAsync(
        """
        insert into record_changes (workspace_id, connection_id, run_id, kind, local_id, hubspot_id,
            side, action, fields, cause)
          select $1, $2, $3::uuid, $4, * from unnest($5::uuid[], $6::bigint[],
            $7::text[], $8::text[], $9::jsonb[], $10::text[])
        """,
        [
            changes.Select(change => change.Row.LocalId).ToArray(),
            changes.Select(change => change.Row.HubSpotId).ToArray(),
            changes.Select(change => change.Side).ToArray(),
            changes.Select(change => change.Action).ToArray(),
            changes.Select(change => change.Fields).ToArray(),
            changes.Select(change => change.Cause).ToArray(),
        ],
        cancellationToken);

    private Task WriteConflictsAsync(
        List<(PageRow Row, FieldConflict Conflict)> conflicts, CancellationToken cancellationToken) => InsertAsync(
        """
        insert into field_conflicts (workspace_id, connection_id, run_id, kind, local_id, hubspot_id, field,
            local_value, hubspot_value, local_edited_at, hubspot_edited_at, rule, winner)
          select $1, $2, $3::uuid, $4, * from unnest($5::uuid[], $6::bigint[], $7::text[], $8::text[], $9::text[],
            $10::timestamptz[], $11::timestamptz[], $12::text[], $13::text[])
        """,
        [
            conflicts.Select(one => one.Row.LocalId).ToArray(),
            conflicts.Select(one => one.Row.HubSpotId).ToArray(),
            conflicts.Select(one => map.Fields[one.Conflict.Field].Name).ToArray(),
            conflicts.Select(one => one.Conflict.LocalValue).ToArray(),
            conflicts.Select(one => one.Conflict.HubSpotValue).ToArray(),
            conflicts.Select(one => one.Conflict.LocalEditedAt?.ToUniversalTime()).ToArray(),
            conflicts.Select(one => one.Conflict.HubSpotEditedAt?.ToUniversalTime()).ToArray(),
            conflicts.Select(one => one.Conflict.Rule.ToString()).ToArray(),
            conflicts.Select(one => one.Conflict.Winner.ToString()).ToArray(),
        ],
        cancellationToken);

    /// <param name="columns">Arrays of equal length, for <c>unnest</c> from <c>$5</c> on.</param>
    private async Task InsertAsync(string sql, object[] columns, CancellationToken cancellationToken)
    {
        await using var command = connection.CommandOf(
            sql, [workspaceId, connectionId, (object?)runId ?? DBNull.Value, map.Kind.ToString(), .. columns]);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private sealed record Change(PageRow Row, string Side, string Action, string Fields, string Cause);
}
