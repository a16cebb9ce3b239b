-- What the pages show of a sync beyond its records: what it cost, how long it took, what failed in each run; and records that
-- a person takes out of it. -----------------------------------------------------------------------------------------------

-- A person took the two out of the sync. The link stays, for the day they are taken back.
alter table record_links
  add column set_apart_at timestamptz,
  add column set_apart_by uuid references users on delete set null;

alter table sync_runs add column requests integer not null default 0; -- sent to HubSpot

-- Runs and changes are read from a row on, the newest first.
drop index record_changes_run_idx;
create index record_changes_run_idx on record_changes (run_id, id) where run_id is not null;
create index sync_runs_started_idx on sync_runs (workspace_id, requested_at desc, id desc);
drop index sync_runs_history_idx;

-- The last look at a record replaces the one before; what failed in a run is kept with the run.
create table run_failures (
  run_id uuid not null,
  kind text not null,
  record_key text not null,
  workspace_id uuid not null references workspaces,
  local_id uuid,
  hubspot_id bigint,
  reason text not null,
  detail text,
  at timestamptz not null default now(),
  primary key (run_id, kind, record_key),
  foreign key (run_id, workspace_id) references sync_runs (id, workspace_id) on delete cascade
);
create index run_failures_local_idx on run_failures (local_id) where detail is not null;

-- Requests to HubSpot by who made them, in pieces of ten minutes.
create table hubspot_usage (
  connection_id uuid not null,
  at timestamptz not null,
  lane text not null,
  workspace_id uuid not null references workspaces,
  requests integer not null default 0,
  refused integer not null default 0, -- HubSpot asked us to slow down
  failed integer not null default 0, -- HubSpot did not answer, or with an error of its own
  primary key (connection_id, at, lane),
  foreign key (connection_id, workspace_id) references hubspot_connections (id, workspace_id) on delete cascade
);

-- How long single records waited from when somebody asked for the look until it was done, by the hour.
create table sync_waits (
  connection_id uuid not null,
  at timestamptz not null,
  lane text not null,
  workspace_id uuid not null references workspaces,
  records integer not null default 0,
  total_ms bigint not null default 0,
  longest_ms bigint not null default 0,
  primary key (connection_id, at, lane),
  foreign key (connection_id, workspace_id) references hubspot_connections (id, workspace_id) on delete cascade
);

do $$
declare
  t text;
begin
  foreach t in array array['run_failures', 'hubspot_usage', 'sync_waits'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy schema_owner on %I to current_user using (true) with check (true)', t);
    execute format('create policy own_workspace on %I to hubspotsync_app
      using (workspace_id = app_workspace()) with check (workspace_id = app_workspace())', t);
    execute format('grant select, insert, update, delete on %I to hubspotsync_app', t);
  end loop;
end $$;

-- Whoever is erased is erased from here as well.
create function failures_forget_customer() returns trigger language plpgsql as $$
begin
  update run_failures set detail = null where local_id = new.id and detail is not null;
  return null;
end $$;
create trigger customers_erased_failures after update of erased_at on customers
  for each row when (old.erased_at is null and new.erased_at is not null) execute function failures_forget_customer();

-- Records by a part of their name or address. Through a function, since row-level security keeps LIKE from using an index; see
-- search_customers.
create function records_called(wanted text) returns table (id uuid)
  language sql stable security definer set search_path = public, pg_temp as
$$
  with asked as (
    select '%' || replace(replace(replace(lower(wanted), '\', '\\'), '%', '\%'), '_', '\_') || '%' as pattern)
  select s.id from search_customers(wanted) s
  union all
  select c.id from companies c, asked
    where c.workspace_id = app_workspace() and (c.name_key like asked.pattern or c.domain_key like asked.pattern)
  union all
  select d.id from deals d, asked where d.workspace_id = app_workspace() and lower(d.name) like asked.pattern
$$;

-- What the lists of outcomes show; inlined by the planner. A part that is null asks for nothing.
create function outcomes_of(
    connection uuid, of_state text, of_kind text, of_reason text, of_detail text, wanted text, wanted_id bigint)
  returns setof record_outcomes language sql stable as
$$
  select o.* from record_outcomes o
    where o.connection_id = connection and o.state = of_state
      and (of_kind is null or o.kind = of_kind) and (of_reason is null or o.reason = of_reason)
      and (of_detail is null or o.detail = of_detail)
      and (wanted is null or o.hubspot_id = wanted_id or o.local_id in (select id from records_called(wanted)))
$$;

-- The best there is to call a record by; null: HubSpot's id.
create function record_name(connection uuid, of_kind text, local uuid, record bigint) returns text
  language sql stable as
$$
  select coalesce(
    case of_kind
      when 'Contact' then (
        select coalesce(nullif(btrim(concat_ws(' ', first_name, last_name)), ''), email, company_name)
          from customers where id = local)
      when 'Company' then (select coalesce(name, domain) from companies where id = local)
      else (select name from deals where id = local) end,
    (select coalesce(nullif(btrim(concat_ws(' ', fields ->> 'first_name', fields ->> 'last_name')), ''), fields ->> 'email')
      from import_candidates where of_kind = 'Contact' and connection_id = connection and hubspot_id = record))
$$;

create function forget_old_usage() returns void
  language sql volatile security definer set search_path = public, pg_temp as
$$
  delete from hubspot_usage where at < now() - interval '31 days';
  delete from sync_waits where at < now() - interval '31 days';
$$;
revoke execute on function failures_forget_customer(), forget_old_usage(), records_called(text),
  outcomes_of(uuid, text, text, text, text, text, bigint), record_name(uuid, text, uuid, bigint) from public;
grant execute on function forget_old_usage(), records_called(text),
  outcomes_of(uuid, text, text, text, text, text, bigint), record_name(uuid, text, uuid, bigint) to hubspotsync_app;
