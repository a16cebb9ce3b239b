-- While an import fills the tables, rough statistics do: Postgres scales them by the size a table has by now. A sample of
-- 9,000 rows of a table that has tripled takes a seventh of the time that samples of 30,000 took at each half more.
create or replace function refresh_statistics() returns void
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
      where s.schemaname = 'public' and pg_get_userbyid(c.relowner) = current_user
        and s.n_mod_since_analyze > 500 + greatest(c.reltuples, 0) * 2
  loop
    execute format('analyze %s', grown);
  end loop;
exception when lock_not_available then
  null; -- somebody changes a table; the next time is soon
end
$$;
