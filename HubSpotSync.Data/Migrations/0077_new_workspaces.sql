-- A workspace that came after Postgres' last look at the tables is one row to it. ----------------------------------------

-- Customers that HubSpot does not have are counted in one go, whatever is expected: Postgres went through all links for
-- each customer, for more than the thirty seconds that a statement has, and the run began again. For `not in` it does
-- that too, as soon as the links do not fit into the memory of a statement, which ends with 200,000.
create function count_unlinked_customers(of_connection uuid) returns integer
  language sql stable set search_path = public, pg_temp set enable_nestloop = off as
$$
  select count(*)::integer from customers c
    where c.archived_at is null and not exists (select from record_links l
      where l.connection_id = of_connection and l.kind = 'Contact' and l.local_id = c.id)
$$;
revoke execute on function count_unlinked_customers(uuid) from public;
grant execute on function count_unlinked_customers(uuid) to hubspotsync_app;

drop function refresh_statistics();

-- As before, and for tables in which this workspace has not been seen yet, where all that were are remembered. Where
-- there are too many for that, one that is not is expected to have as much as others have.
create function refresh_statistics(of_workspace uuid) returns void
  language plpgsql security definer set search_path = public, pg_temp as
$$
declare
  grown regclass;
begin
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
revoke execute on function refresh_statistics(uuid) from public;
grant execute on function refresh_statistics(uuid) to hubspotsync_app;
