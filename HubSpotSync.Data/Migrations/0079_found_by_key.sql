-- As before, but what this session has written is told with this call and not up to a second later, when an import has
-- written six pages more, each planned for tables with nothing in them.
create or replace function refresh_statistics(of_workspace uuid) returns void
  language plpgsql security definer set search_path = public, pg_temp as
$$
declare
  grown regclass;
begin
  if current_setting('server_version_num')::integer >= 150000 then
    perform pg_stat_force_next_flush();
  end if;
  if not pg_try_advisory_xact_lock(hashtext('refresh_statistics')) then
    return; -- somebody else is at it
  end if;
  perform set_config('lock_timeout', '200ms', true), set_config('default_statistics_target', '30', true);
  for grown in
    select s.relid from pg_stat_user_tables s join pg_class c on c.oid = s.relid
        left join pg_stats k on (k.schemaname, k.tablename, k.attname) = (s.schemaname, s.relname, 'workspace_id')
      where s.schemaname = 'public' and pg_get_userbyid(c.relowner) = current_user
        and s.n_mod_since_analyze > 500
        and (s.n_mod_since_analyze > 500 + greatest(c.reltuples, 0) * 2
          or k.n_distinct between 1 and 25 and of_workspace <> all(k.most_common_vals::text::uuid[]))
  loop
    execute format('analyze %s', grown);
  end loop;
exception when lock_not_available then
  null; -- somebody changes a table; the next time is soon
end
$$;

-- Those of these records for whose look somebody waits already that nobody has taken: to be told of one once more changes
-- nothing. Looked up by their keys, as all else of the queue is: Postgres takes it for empty.
create function untaken_requests(of_connection uuid, kinds text[], ids bigint[])
  returns table (kind text, hubspot_id bigint, from_hubspot boolean, is_erasure boolean)
  language plpgsql stable set search_path = public, pg_temp set enable_seqscan = off as
$$
begin
  return query
    select t.kind, t.hubspot_id, q.from_hubspot, q.is_erasure from unnest(kinds, ids) as t(kind, hubspot_id)
      cross join lateral (select r.from_hubspot, r.is_erasure from sync_requests r
        where r.connection_id = of_connection and r.kind = t.kind and r.record_key = 'h' || t.hubspot_id
          and r.lease_owner is null and r.due_at <= clock_timestamp() and r.attempts = 0 and r.parked_at is null
        offset 0) q;
end $$;
revoke execute on function untaken_requests(uuid, text[], bigint[]) from public;
grant execute on function untaken_requests(uuid, text[], bigint[]) to hubspotsync_app;
