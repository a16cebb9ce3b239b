using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Journal;
using Npgsql;

namespace HubSpotSync.Data.Bulk;

/// <summary>The statements of one page, on a connection whose transaction is open.</summary>
internal sealed class PageTransaction(
    NpgsqlConnection connection, Guid workspaceId, Guid connectionId, RecordTable table, PageProgress progress)
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
        if (await command.ExecuteScalarAsync(cancellationToken) is not long epoch || epoch != progress.Epoch)
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
        var missing = rows
            .Where(row => row.Write != LocalWrite.None)
            .Select(row => row.LocalId!.Value) // set wherever something is written
            .ToHashSet();
        if (missing.Count == 0)
        {
            return missing;
        }

        await using var command = RecordsCommand();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                missing.Remove(reader.GetGuid(0));
            }
        }

        if (missing.Count > 0)
        {
            await MarkMovedAsync(missing, cancellationToken);
        }

        return missing;
    }

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
        await using var command = Command(
            $"""
            update page_rows set ancestor = null, local_id = case when write = 'Create' then null else local_id end,
                state = '{OutcomeState.Failing}', reason = '{OutcomeReason.MovedMeanwhile}'
              where local_id = any($1)
            """,
            moved.ToArray());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task WriteLinksAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(
            """
            insert into record_links (connection_id, kind, hubspot_id, workspace_id, local_id, ancestor)
              select $1, $2, hubspot_id, $3, local_id, ancestor from page_rows
                where ancestor is not null and hubspot_id is not null and local_id is not null
              on conflict (connection_id, kind, hubspot_id) do update set ancestor = excluded.ancestor
                where record_links.ancestor is distinct from excluded.ancestor
            """,
            connectionId, _kind, workspaceId);
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
              join record_links l on l.connection_id = $1
                and l.kind = '{RecordKind.Company}' and l.hubspot_id = p.company_hubspot_id
              where r.id = p.local_id and r.company_id is distinct from l.local_id
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
                where p.local_id is not null),
            gone as (
              delete from deal_customers d using page_rows p
                where d.deal_id = p.local_id
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
                select $1, $2, record_key, $3, local_id, hubspot_id, state, reason, detail, $4 from page_rows
                on conflict (connection_id, kind, record_key) do update
                  set local_id = excluded.local_id, state = excluded.state, reason = excluded.reason,
                    detail = excluded.detail, run_id = excluded.run_id, at = now()
                  where (o.local_id, o.state, o.reason, o.detail)
                    is distinct from (excluded.local_id, excluded.state, excluded.reason, excluded.detail))
            delete from record_outcomes o using page_rows p
              where o.connection_id = $1 and o.kind = $2 and p.hubspot_id is not null and p.local_id is not null
                and o.record_key = 'l' || p.local_id
            """,
            connectionId, _kind, workspaceId, progress.RunId);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public Task WriteJournalAsync(IReadOnlyList<PageRow> rows, CancellationToken cancellationToken)
    {
        var journal = new PageJournal(connection, workspaceId, connectionId, table.Map, progress.RunId);
        return journal.WriteAsync(rows, cancellationToken);
    }

    /// <param name="rows">Those that were written; the moved ones count as failed and as nothing else.</param>
    public async Task WriteProgressAsync(IReadOnlyList<PageRow> rows, int moved, CancellationToken cancellationToken)
    {
        await using var command = Command(
            """
            with checkpoint as (
              insert into run_checkpoints (run_id, step, workspace_id, cursor, is_done) values ($1, $2, $3, $4, $5)
                on conflict (run_id, step) do update set cursor = excluded.cursor, is_done = excluded.is_done)
            update sync_runs set processed = processed + $6, created = created + $7, updated = updated + $8,
                linked = linked + $9, unchanged = unchanged + $10, excluded = excluded + $11, failed = failed + $12,
                pushed = pushed + $13, step = $2, attempts = 0, failing_since = null, wait_reason = null,
                wait_until = null, lease_until = now() + $14
              where id = $1 and lease_owner = $15
            """,
            progress.RunId,
            progress.Step.ToString(),
            workspaceId,
            (object?)progress.Cursor ?? DBNull.Value,
            progress.IsStepDone,
            rows.Count + moved,
            rows.Count(row => row.Write == LocalWrite.Create),
            rows.Count(row => row.Write == LocalWrite.Update || !row.HubSpotChanges.IsEmpty),
            rows.Count(row => row.IsNewLink && row.Write != LocalWrite.Create && !row.WasCreatedInHubSpot),
            rows.Count(IsUnchanged),
            rows.Count(row => row.State == OutcomeState.Excluded && !row.WasSeenInThisRun),
            rows.Count(row => row.State == OutcomeState.Failing) + moved,
            rows.Count(row => row.WasCreatedInHubSpot),
            progress.Lease,
            progress.LeaseOwner);
        if (await command.ExecuteNonQueryAsync(cancellationToken) == 0)
        {
            throw new FenceLostException();
        }
    }

    private static bool IsUnchanged(PageRow row) => row.State == OutcomeState.InSync
        && row.Write == LocalWrite.None
        && row.HubSpotChanges.IsEmpty
        && !row.IsNewLink;

    private NpgsqlCommand Command(string sql, params object[] values) => connection.CommandOf(sql, values);
}
