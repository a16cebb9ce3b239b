using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Journal;
using Npgsql;

namespace HubSpotSync.Data.Bulk;

/// <summary>The statements of one page, on a connection whose transaction is open.</summary>
internal sealed class PageTransaction(
    NpgsqlConnection connection, Guid workspaceId, Guid connectionId, RecordTable table, PageCommit commit)
{
    /// <summary>
    /// The company of a contact or deal that comes: with the row and not after it, which would write the row and its
    /// indexes twice. One that was merged here is left to <see cref="PageAssociations"/>, as everything else is.
    /// </summary>
    private const string HubSpotsCompany =
        $"""
        left join lateral (select m.id from record_links l join companies m on m.id = l.local_id
          where l.connection_id = $2 and l.kind = '{nameof(RecordKind.Company)}'
            and l.hubspot_id = p.company_hubspot_id and m.merged_into is null offset 0) c on p.knows_company
        """;

    private readonly string _kind = table.Map.Kind.ToString();

    /// <summary>
    /// Holds the fencing number until the commit: a claim, which raises it, waits for us, and a page whose number is
    /// old ends here. From now on the transaction writes as the engine, and finds rows by their keys: Postgres thinks
    /// of disks that turn, for which going through a whole table is cheaper up to some 50,000 customers.
    /// </summary>
    public async Task CheckFenceAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(
            """
            select epoch, set_config('app.engine', 'on', true), set_config('random_page_cost', '1.1', true)
              from hubspot_connections where id = $1 for share
            """,
            connectionId);
        if (await command.ExecuteScalarAsync(cancellationToken) is not long epoch || epoch != commit.Epoch)
        {
            throw new FenceLostException();
        }
    }

    public Task StageAsync(IReadOnlyList<PageRow> rows, CancellationToken cancellationToken) =>
        new PageStaging(connection, table).WriteAsync(rows, cancellationToken);

    /// <returns>Local ids of records that were not as they had been looked at; they are marked in the page.</returns>
    public async Task<IReadOnlySet<Guid>> WriteRecordsAsync(
        IReadOnlyList<PageRow> rows, CancellationToken cancellationToken)
    {
        var links = new PageLinks(connection, workspaceId, connectionId, table);
        var moved = new HashSet<Guid>(
            rows.Any(row => !row.Ancestor.IsDefault) ? await links.FindMovedAsync(rows, cancellationToken) : []);
        var linked = rows.Where(row => row is { IsNewLink: true, Write: not LocalWrite.Create }).ToList();
        if (linked.Count > 0 && table.Map.Kind == RecordKind.Contact)
        {
            moved.UnionWith(await links.FindCreatedMeanwhileAsync(linked, cancellationToken));
        }

        await MarkMovedAsync(moved, cancellationToken);
        if (rows.Any(row => row.MergedIds.Count > 0))
        {
            await links.WriteMergesAsync(cancellationToken);
        }

        var missing = rows
            .Where(row => row.Write != LocalWrite.None)
            .Select(row => row.LocalId!.Value) // set wherever something is written
            .Except(moved)
            .ToHashSet();
        if (missing.Count > 0)
        {
            await using var command = RecordsCommand();
            await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
            {
                while (await reader.ReadAsync(cancellationToken))
                {
                    missing.Remove(reader.GetGuid(0));
                }
            }

            await MarkMovedAsync(missing, cancellationToken);
        }

        moved.UnionWith(missing);
        return moved;
    }

    public Task WriteLinksAsync(IReadOnlyList<PageRow> rows, CancellationToken cancellationToken) =>
        new PageLinks(connection, workspaceId, connectionId, table).WriteLinksAsync(rows, cancellationToken);

    /// <summary>Writes the records and gives the ids of those that were written.</summary>
    private NpgsqlCommand RecordsCommand()
    {
        var (clockColumn, clockValue, clockAssignment, archived) = table.HasFieldClock
            ? (", field_clock", ", p.field_clock",
                """
                , field_clock = r.field_clock || p.field_clock,
                archived_for_scope = r.archived_for_scope and not p.revives,
                archived_at = case when p.revives then null else r.archived_at end
                """,
                "union all select id from archived")
            : ("", "", "", "");
        var (companyColumns, companyValues, company) = table.Map.Kind switch
        {
            RecordKind.Contact =>
                (", company_id, company_by", ", c.id, case when c.id is not null then 'hubspot' end", HubSpotsCompany),
            RecordKind.Deal => (", company_id", ", c.id", HubSpotsCompany),
            _ => ("", "", ""),
        };
        var archive = archived.Length == 0 ? "" : $"""
            ,
            archived as (
              update {table.Name} r set archived_at = now(), archived_for_scope = true, updated_at = now()
                from page_rows p
                where p.write = 'Archive' and r.id = p.local_id and r.xmin::text::bigint = p.version
                returning r.id)
            """;
        return Command(
            $"""
            with created as (
              insert into {table.Name} (id, workspace_id, source, {table.WriteColumns}{clockColumn}{companyColumns})
                select p.local_id, $1, 'hubspot', {table.WriteValues}{clockValue}{companyValues}
                  from page_rows p {company} where p.write = 'Create'
                on conflict do nothing
                returning id),
            updated as (
              update {table.Name} r set {table.Assignments}, updated_at = now(){clockAssignment}
                from page_rows p
                where p.write = 'Update' and r.id = p.local_id and r.xmin::text::bigint = p.version
                returning r.id){archive}
            select id from created union all select id from updated {archived}
            """,
            workspaceId,
            connectionId);
    }

    private async Task MarkMovedAsync(IReadOnlySet<Guid> moved, CancellationToken cancellationToken)
    {
        if (moved.Count == 0)
        {
            return;
        }

        await using var command = Command(
            $"""
            update page_rows set ancestor = null, local_id = case when write = 'Create' then null else local_id end,
                write = '{LocalWrite.None}', is_detached = false, merged_ids = '{"{}"}', merged_local_ids = '{"{}"}',
                state = '{OutcomeState.Failing}', reason = '{OutcomeReason.MovedMeanwhile}'
              where local_id = any($1)
            """,
            moved.ToArray());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Moved records as well: whom they belong to is HubSpot's word alone.</summary>
    public Task WriteAssociationsAsync(IReadOnlyList<PageRow> rows, CancellationToken cancellationToken) =>
        new PageAssociations(connection, workspaceId, connectionId, table).WriteAsync(rows, cancellationToken);

    public Task WriteQuestionsAsync(IReadOnlyList<PageRow> rows, CancellationToken cancellationToken) =>
        new PageQuestions(connection, workspaceId, connectionId, table.Map).WriteAsync(rows, cancellationToken);

    public async Task WriteOutcomesAsync(IReadOnlyList<PageRow> rows, CancellationToken cancellationToken)
    {
        string[] formerKeys =
        [
            .. rows.Where(row => row is { HubSpotId: not null, LocalId: not null, Write: not LocalWrite.Create })
                .Select(row => new RecordKey(null, row.LocalId).ToString()),
        ];
        await using var command = Command(
            """
            with said as (
              insert into record_outcomes as o (connection_id, kind, record_key, workspace_id, local_id, hubspot_id,
                  state, reason, detail, run_id)
                select $1, $2, record_key, $3, local_id, hubspot_id, state, reason, detail, $4::uuid from page_rows
                on conflict (connection_id, kind, record_key) do update
                  set local_id = excluded.local_id, state = excluded.state, reason = excluded.reason,
                    detail = excluded.detail, run_id = excluded.run_id, at = now()
                  where $5 or (o.local_id, o.state, o.reason, o.detail)
                    is distinct from (excluded.local_id, excluded.state, excluded.reason, excluded.detail)),
            failed as (
              insert into run_failures (run_id, kind, record_key, workspace_id, local_id, hubspot_id, reason, detail)
                select $4::uuid, $2, record_key, $3, local_id, hubspot_id, reason, detail from page_rows
                  where state = 'Failing' and $4::uuid is not null
                on conflict (run_id, kind, record_key) do update
                  set reason = excluded.reason, detail = excluded.detail, at = now())
            delete from record_outcomes where connection_id = $1 and kind = $2 and record_key = any($6)
            """,
            connectionId,
            _kind,
            workspaceId,
            (object?)commit.Run ?? DBNull.Value,
            commit is RequestCommit, // somebody waits to hear of this look; a run looks at everything
            formerKeys);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public Task WriteJournalAsync(IReadOnlyList<PageRow> rows, CancellationToken cancellationToken)
    {
        var journal = new PageJournal(connection, workspaceId, connectionId, table.Map, commit.Run);
        return journal.WriteAsync(rows, cancellationToken);
    }

    public Task SettleAsync(IReadOnlyList<PageRow> rows, CancellationToken cancellationToken) =>
        new PageSettling(connection, workspaceId, connectionId, table.Map.Kind).SettleAsync(rows, cancellationToken);

    public Task<string?> EndAsync(IReadOnlyList<PageRow> rows, int moved, CancellationToken cancellationToken) =>
        new PageEnding(connection, workspaceId, connectionId, table).WriteAsync(
            commit, rows, moved, cancellationToken);

    private NpgsqlCommand Command(string sql, params object[] values) => connection.CommandOf(sql, values);
}
