using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Journal;
using Npgsql;

namespace HubSpotSync.Data.Bulk;

/// <summary>The statements of one page, on a connection whose transaction is open.</summary>
internal sealed class PageTransaction(
    NpgsqlConnection connection, Guid workspaceId, Guid connectionId, RecordTable table, PageCommit commit)
{
    private readonly string _kind = table.Map.Kind.ToString();

    /// <summary>
    /// Holds the fencing number until the commit: a claim, which raises it, waits for us, and a page whose number is
    /// old ends here. From now on the transaction writes as the engine.
    /// </summary>
    public async Task CheckFenceAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(
            "select epoch, set_config('app.engine', 'on', true) from hubspot_connections where id = $1 for share",
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
            rows.Any(row => !row.Ancestor.IsDefault) ? await links.FindMovedAsync(cancellationToken) : []);
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

    public Task WriteLinksAsync(CancellationToken cancellationToken) =>
        new PageLinks(connection, workspaceId, connectionId, table).WriteLinksAsync(cancellationToken);

    /// <summary>Writes the records and gives the ids of those that were written.</summary>
    private NpgsqlCommand RecordsCommand()
    {
        var (clockColumn, clockValue, clockAssignment) = table.HasFieldClock
            ? (", field_clock", ", p.field_clock", ", field_clock = r.field_clock || p.field_clock")
            : ("", "", "");
        return Command(
            $"""
            with created as (
              insert into {table.Name} (id, workspace_id, source, {table.WriteColumns}{clockColumn})
                select p.local_id, $1, 'hubspot', {table.WriteValues}{clockValue}
                  from page_rows p where p.write = 'Create'
                on conflict do nothing
                returning id),
            updated as (
              update {table.Name} r set {table.Assignments}, updated_at = now(){clockAssignment}
                from page_rows p
                where p.write = 'Update' and r.id = p.local_id and r.xmin::text::bigint = p.version
                returning r.id)
            select id from created union all select id from updated
            """,
            workspaceId);
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
                write = '{LocalWrite.None}', merged_ids = '{"{}"}', merged_local_ids = '{"{}"}',
                state = '{OutcomeState.Failing}', reason = '{OutcomeReason.MovedMeanwhile}'
              where local_id = any($1)
            """,
            moved.ToArray());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Companies arrive before contacts and contacts before deals, so what is named here is linked already.
    /// </summary>
    public async Task WriteAssociationsAsync(CancellationToken cancellationToken)
    {
        if (table.Map.Kind is RecordKind.Contact or RecordKind.Deal)
        {
            await WriteCompanyAsync(cancellationToken);
        }

        if (table.Map.Kind == RecordKind.Deal)
        {
            await WriteDealPeopleAsync(cancellationToken);
        }
    }

    private async Task WriteCompanyAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(
            $"""
            update {table.Name} r set company_id = l.local_id
              from page_rows p
              left join record_links l on l.connection_id = $1
                and l.kind = '{RecordKind.Company}' and l.hubspot_id = p.company_hubspot_id
              where p.knows_associations and r.id = p.local_id and r.company_id is distinct from l.local_id
                and (l.local_id is not null or exists (select 1 from record_links c
                  where c.connection_id = $1 and c.kind = '{RecordKind.Company}' and c.local_id = r.company_id))
            """,
            connectionId);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task WriteDealPeopleAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(
            $"""
            with named as (
              select p.local_id as deal_id, l.local_id as customer_id
                from page_rows p
                cross join lateral unnest(p.contact_hubspot_ids) as named(hubspot_id)
                join record_links l on l.connection_id = $1
                  and l.kind = '{RecordKind.Contact}' and l.hubspot_id = named.hubspot_id
                where p.local_id is not null and p.knows_associations),
            gone as (
              delete from deal_customers d using page_rows p
                where d.deal_id = p.local_id and p.knows_associations
                  and not exists (select 1 from named n where n.deal_id = d.deal_id and n.customer_id = d.customer_id))
            insert into deal_customers (workspace_id, deal_id, customer_id)
              select $2, deal_id, customer_id from named
              on conflict do nothing
            """,
            connectionId, workspaceId);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task WriteOutcomesAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(
            """
            with said as (
              insert into record_outcomes as o (connection_id, kind, record_key, workspace_id, local_id, hubspot_id,
                  state, reason, detail, run_id)
                select $1, $2, record_key, $3, local_id, hubspot_id, state, reason, detail, $4::uuid from page_rows
                on conflict (connection_id, kind, record_key) do update
                  set local_id = excluded.local_id, state = excluded.state, reason = excluded.reason,
                    detail = excluded.detail, run_id = excluded.run_id, at = now()
                  where (o.local_id, o.state, o.reason, o.detail)
                    is distinct from (excluded.local_id, excluded.state, excluded.reason, excluded.detail))
            delete from record_outcomes o using page_rows p
              where o.connection_id = $1 and o.kind = $2 and p.hubspot_id is not null and p.local_id is not null
                and o.record_key = 'l' || p.local_id
            """,
            connectionId, _kind, workspaceId, (object?)commit.Run ?? DBNull.Value);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public Task WriteJournalAsync(IReadOnlyList<PageRow> rows, CancellationToken cancellationToken)
    {
        var journal = new PageJournal(connection, workspaceId, connectionId, table.Map, commit.Run);
        return journal.WriteAsync(rows, cancellationToken);
    }

    public Task SettleAsync(IReadOnlyList<PageRow> rows, CancellationToken cancellationToken) =>
        new PageSettling(connection, workspaceId, connectionId, table.Map.Kind).SettleAsync(rows, cancellationToken);

    public Task EndAsync(IReadOnlyList<PageRow> rows, int moved, CancellationToken cancellationToken) =>
        new PageEnding(connection, workspaceId, connectionId, table).WriteAsync(
            commit, rows, moved, cancellationToken);

    private NpgsqlCommand Command(string sql, params object[] values) => connection.CommandOf(sql, values);
}
