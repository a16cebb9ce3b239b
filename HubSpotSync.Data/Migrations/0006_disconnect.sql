-- Connections that a person ended and a worker has to take leave of.
create function connections_disconnecting() returns table (workspace_id uuid, connection_id uuid)
  language sql stable security definer set search_path = public, pg_temp as
$$ select workspace_id, id from hubspot_connections where state = 'Disconnecting' $$;
revoke execute on function connections_disconnecting() from public;
grant execute on function connections_disconnecting() to hubspotsync_app;
