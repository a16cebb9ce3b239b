-- What an admin chose beyond the mode, and requests of every mode that has something to write or to put right. ---------------

alter table hubspot_connections
  add column contact_rules jsonb not null default '{}', -- by field name: direction, conflict, blank
  add column takes_deals boolean not null default true;

-- As before, but whatever is linked asks for a look in every mode: a field that HubSpot owns is put right after an edit here.
create or replace function customers_request_sync() returns trigger
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
      where c.workspace_id = new.workspace_id and c.state <> 'Disconnected'
        and (c.mode <> 'HubSpotIsSource' or l.local_id is not null)
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
