-- The queue of records to look at, and what a link has to know so that looks may overlap. --------------------------------

-- One row a record, however often it was changed, on whichever side: a hundred webhooks for one contact are one row.
create table sync_requests (
  connection_id uuid not null,
  kind text not null,
  record_key text not null, -- as in record_outcomes
  workspace_id uuid not null references workspaces,
  local_id uuid,
  hubspot_id bigint,
  from_hubspot boolean not null default false, -- HubSpot told of it, so its associations may have changed as well
  is_erasure boolean not null default false, -- HubSpot told that the person is to be forgotten
  version bigint not null default 1, -- raised by every change, so that one that comes while we look is not lost
  requested_at timestamptz not null default clock_timestamp(),
  due_at timestamptz not null default clock_timestamp(),
  attempts integer not null default 0,
  lease_owner text,
  lease_until timestamptz,
  last_error text,
  parked_at timestamptz, -- given up until the record is changed again or a run asks for it
  primary key (connection_id, kind, record_key),
  check (local_id is not null or hubspot_id is not null),
  foreign key (connection_id, workspace_id) references hubspot_connections (id, workspace_id) on delete cascade
);
create index sync_requests_due_idx on sync_requests (due_at) where parked_at is null;

-- HubSpot has no compare-and-set and its search lags, so a look must know how old what it sees is.
alter table record_links
  add column hubspot_seen_at timestamptz, -- HubSpot's modified date of the state that was last seen whole
  add column hubspot_written_at timestamptz, -- HubSpot's modified date after our last write
  add column detached_at timestamptz, -- HubSpot has archived or lost it; a restore takes the link up again
  add column detached_reason text;

-- Old ids of records that HubSpot merged.
create table link_aliases (
  connection_id uuid not null,
  kind text not null,
  alias_id bigint not null,
  workspace_id uuid not null references workspaces,
  hubspot_id bigint not null,
  primary key (connection_id, kind, alias_id),
  foreign key (connection_id, workspace_id) references hubspot_connections (id, workspace_id) on delete cascade
);

alter table customers add column merged_into uuid;
alter table companies add column merged_into uuid;
alter table deals add column merged_into uuid;

-- Whoever writes a customer asks for a look in the same transaction: the portal, the API, another program's SQL. What
-- the engine writes itself asks for nothing. As the owner, since another program may see no connections.
create function customers_request_sync() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if coalesce(current_setting('app.engine', true), '') = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new.field_clock is not distinct from old.field_clock
      and (new.archived_at is null) = (old.archived_at is null) then
    return null;
  end if;
  insert into sync_requests (connection_id, kind, record_key, workspace_id, local_id, hubspot_id)
    select c.id, 'Contact', coalesce('h' || l.hubspot_id, 'l' || new.id), new.workspace_id, new.id, l.hubspot_id
      from hubspot_connections c
      left join record_links l on l.connection_id = c.id and l.kind = 'Contact' and l.local_id = new.id
      where c.workspace_id = new.workspace_id and c.mode = 'TwoWay' and c.state <> 'Disconnected'
        and (c.first_run_done_at is not null
          or exists (select 1 from sync_runs r where r.connection_id = c.id and r.state in ('Waiting', 'Running')))
    on conflict (connection_id, kind, record_key) do update
      set version = sync_requests.version + 1, local_id = excluded.local_id, due_at = clock_timestamp(), attempts = 0,
        last_error = null, parked_at = null;
  if found then
    perform pg_notify('sync_requests', '');
  end if;
  return null;
end $$;
create trigger customers_changed after insert or update on customers
  for each row execute function customers_request_sync();

-- Takes due requests of one connection and kind, of whichever waits longest; at most one caller gets each.
create function claim_sync_requests(worker text, lease interval, most integer)
  returns table (workspace_id uuid, connection_id uuid, epoch bigint, kind text, local_id uuid,
    hubspot_id bigint, from_hubspot boolean, is_erasure boolean, version bigint, attempts integer)
  language sql volatile security definer set search_path = public, pg_temp as
$$
  with longest as (
    select q.connection_id, q.kind from sync_requests q
      join hubspot_connections c on c.id = q.connection_id and c.state = 'Connected'
        and c.first_run_done_at is not null
      where q.parked_at is null and q.due_at <= clock_timestamp()
        and (q.lease_until is null or q.lease_until < clock_timestamp())
      order by q.due_at
      limit 1),
  due as (
    select q.connection_id, q.kind, q.record_key from sync_requests q
      join longest on longest.connection_id = q.connection_id and longest.kind = q.kind
      where q.parked_at is null and q.due_at <= clock_timestamp()
        and (q.lease_until is null or q.lease_until < clock_timestamp())
      order by q.due_at
      for update of q skip locked
      limit most),
  taken as (
    update sync_requests q
      set lease_owner = worker, lease_until = clock_timestamp() + lease, attempts = q.attempts + 1
      from due where (q.connection_id, q.kind, q.record_key) = (due.connection_id, due.kind, due.record_key)
      returning q.*)
  select t.workspace_id, t.connection_id, c.epoch, t.kind, t.local_id, t.hubspot_id, t.from_hubspot,
      t.is_erasure, t.version, t.attempts
    from taken t join hubspot_connections c on c.id = t.connection_id
$$;

create function request_backlog() returns table (waiting bigint, oldest_due timestamptz)
  language sql stable security definer set search_path = public, pg_temp as
$$ select count(*), min(due_at) from sync_requests where parked_at is null $$;

do $$
declare
  t text;
begin
  foreach t in array array['sync_requests', 'link_aliases'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy schema_owner on %I to current_user using (true) with check (true)', t);
    execute format('create policy own_workspace on %I to hubspotsync_app
      using (workspace_id = app_workspace()) with check (workspace_id = app_workspace())', t);
    execute format('grant select, insert, update, delete on %I to hubspotsync_app', t);
  end loop;
end $$;
revoke execute on function customers_request_sync(), claim_sync_requests(text, interval, integer), request_backlog()
  from public;
grant execute on function claim_sync_requests(text, interval, integer), request_backlog() to hubspotsync_app;
