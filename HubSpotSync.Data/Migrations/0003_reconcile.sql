-- Runs by schedule, and runs that look only at what has changed. ------------------------------------------------------------

alter table sync_runs
  add column depth text not null default 'Full',
  add column hubspot_started_at timestamptz; -- when the run began, by HubSpot's clock

alter table hubspot_connections
  add column changes_since timestamptz, -- by HubSpot's clock: what was modified before has been looked at
  add column full_run_at timestamptz, -- when the last full run that ended began
  add column rules_changed_at timestamptz, -- a full run that began later has applied them to every record
  add column schedule text not null default '0 0 2 * * ?', -- cron, in the workspace's time zone; empty: never by itself
  add column next_run_at timestamptz;

-- Connections whose schedule has to be looked at: due, never set, or with rules that not every record has seen.
create function schedules_due() returns table (workspace_id uuid, connection_id uuid)
  language sql stable security definer set search_path = public, pg_temp as
$$
  select c.workspace_id, c.id from hubspot_connections c
    where c.state = 'Connected' and c.first_run_done_at is not null
      and ((c.schedule <> '' and (c.next_run_at is null or c.next_run_at <= clock_timestamp()))
        or (c.rules_changed_at > c.full_run_at
          and not exists (select 1 from sync_runs r where r.connection_id = c.id and r.state in ('Waiting', 'Running'))))
$$;
revoke execute on function schedules_due() from public;
grant execute on function schedules_due() to hubspotsync_app;
