-- A first import fills empty tables page by page. Until they are analyzed Postgres takes them for empty and reads whole
-- indexes for each page, so that the import becomes slower with each of them; autovacuum comes a minute later at best.
-- Whoever fills them asks for this now and then: what has grown by half is analyzed at once.
create function refresh_statistics() returns void
  language plpgsql security definer set search_path = public, pg_temp as
$$
declare
  grown regclass;
begin
  if not pg_try_advisory_xact_lock(hashtext('refresh_statistics')) then
    return; -- somebody else is at it
  end if;
  perform set_config('lock_timeout', '200ms', true);
  for grown in
    select s.relid from pg_stat_user_tables s join pg_class c on c.oid = s.relid
      where s.schemaname = 'public' and pg_get_userbyid(c.relowner) = current_user
        and s.n_mod_since_analyze > 500 + greatest(c.reltuples, 0) / 2
  loop
    execute format('analyze %s', grown);
  end loop;
exception when lock_not_available then
  null; -- somebody changes a table; the next time is soon
end
$$;
revoke execute on function refresh_statistics() from public;
grant execute on function refresh_statistics() to hubspotsync_app;

-- As before, but what is awaited is looked up first: there is little of it, and many links.
create or replace function ask_for_awaited(of_connection uuid, ids bigint[]) returns void language sql as
$$
  with named as materialized (
    select * from awaited_links a where a.connection_id = of_connection and ids is null
    union all
    select * from awaited_links a where a.connection_id = of_connection and a.hubspot_id = any(ids)
    union all
    select * from awaited_links a
      where a.connection_id = of_connection and a.by_hubspot_id = any(ids) and a.hubspot_id <> all(ids)),
  come as materialized (
    select n.* from named n where exists (
      select from record_links l
        where l.connection_id = n.connection_id and l.kind = n.kind and l.hubspot_id = n.hubspot_id)),
  here as (
    delete from awaited_links a using come n
      where a.connection_id = n.connection_id and a.kind = n.kind and a.hubspot_id = n.hubspot_id
        and a.by_kind = n.by_kind and a.by_hubspot_id = n.by_hubspot_id
      returning a.by_kind, a.by_hubspot_id, a.workspace_id),
  asked as (
    insert into sync_requests as q (connection_id, kind, record_key, workspace_id, hubspot_id, from_hubspot)
      select distinct of_connection, by_kind, 'h' || by_hubspot_id, workspace_id, by_hubspot_id, true from here
      on conflict (connection_id, kind, record_key) do update
        set version = q.version + 1, from_hubspot = true, due_at = least(q.due_at, clock_timestamp()), attempts = 0,
          last_error = null, parked_at = null
      returning 1)
  select pg_notify('sync_requests', '') where exists (select 1 from asked)
$$;
