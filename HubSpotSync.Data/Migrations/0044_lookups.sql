-- Whether HubSpot has somebody whom nobody here knows: asked by e-mail, answered by the worker, forgotten within the hour.

alter table hubspot_structure
  add column wants_contact text,
  add column found_contact jsonb;

create or replace function connections_asked_about() returns table (workspace_id uuid, connection_id uuid)
  language sql stable security definer set search_path = public, pg_temp as
$$
  select s.workspace_id, s.connection_id from hubspot_structure s
    join hubspot_connections c on c.id = s.connection_id and c.state = 'Connected'
    where s.asked_at > now() - interval '10 minutes' -- nobody waits longer
      and (s.wants_definitions or s.wants_count is not null or s.wants_sample is not null
        or s.wants_contact is not null)
$$;

create or replace function forget_old_usage() returns void
  language sql volatile security definer set search_path = public, pg_temp as
$$
  delete from hubspot_usage where at < now() - interval '31 days';
  delete from sync_waits where at < now() - interval '31 days';
  update hubspot_structure set wants_contact = null, found_contact = null
    where asked_at < now() - interval '1 hour' and (wants_contact is not null or found_contact is not null);
$$;
