using HubSpotSync.Core.Planning;
using HubSpotSync.Data;
using HubSpotSync.Data.Runs;
using HubSpotSync.Worker.Runs;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Worker.Reconcile;

/// <summary>
/// What failed, or was given up, gets another look with every run: the cause may be gone, and nobody tells us so.
/// </summary>
internal sealed class Retries(CrmDbContext db)
{
    /// <param name="withFailing">A full run has looked at those itself, but for what it set aside.</param>
    public async Task RunAsync(RunBook book, ClaimedRun run, bool withFailing, CancellationToken cancellationToken)
    {
        if (book.IsDone(RunStep.Retries))
        {
            return;
        }

        await db.Database.ExecuteSqlAsync(
            $"""
            with failing as (
              insert into sync_requests as q (connection_id, kind, record_key, workspace_id, local_id, hubspot_id,
                  from_hubspot)
                select connection_id, kind, record_key, workspace_id, local_id, hubspot_id, hubspot_id is not null
                  from record_outcomes
                  where connection_id = {run.ConnectionId} and state = 'Failing'
                    and ({withFailing} or reason = {nameof(OutcomeReason.ErrorOfOurs)})
                    and (local_id is not null or hubspot_id is not null)
                on conflict (connection_id, kind, record_key) do nothing
                returning 1),
            parked as (
              update sync_requests set parked_at = null, attempts = 0, due_at = now()
                where connection_id = {run.ConnectionId} and parked_at is not null
                returning 1)
            select pg_notify('sync_requests', '')
              from (select 1 from failing union all select 1 from parked limit 1) any_of
            """,
            cancellationToken);
        await book.MarkDoneAsync(RunStep.Retries, cancellationToken);
    }
}
