-- Webhooks are told of companies and deals as they are of customers, by one function for the three of them. It does
-- nothing for a statement of which nobody wants to hear: a sync writes companies by the hundred thousand.
create function records_tell_webhooks() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  word text := tg_argv[0]; -- begins the names of what happened
begin
  if not exists (select from outgoing_webhooks w, unnest(w.events) event
      where w.state = 'Active' and starts_with(event, word || '.')
        and exists (select from after_rows n where n.workspace_id = w.workspace_id)) then
    return null;
  end if;
  if tg_op = 'INSERT' then
    with events as materialized (
      select gen_random_uuid() as event_id, n.workspace_id, n.id, word || '.created' as type, '{}'::text[] as changed
        from after_rows n)
    insert into webhook_deliveries (id, workspace_id, webhook_id, event_id, type, record_id, changed)
      select gen_random_uuid(), e.workspace_id, w.id, e.event_id, e.type, e.id, e.changed
        from events e join outgoing_webhooks w
          on w.workspace_id = e.workspace_id and w.state = 'Active' and e.type = any (w.events);
  else
    with rows as materialized (
      select n.workspace_id, n.id, to_jsonb(o) as was, to_jsonb(n) as now_is
        from after_rows n join before_rows o on o.id = n.id),
    events as materialized (
      select gen_random_uuid() as event_id, r.workspace_id, r.id, word || '.' || happened.what as type, fields.changed
        from rows r
          cross join lateral (select changed_fields(r.was, r.now_is) as changed) fields
          cross join lateral (select case
            when r.was ->> 'erased_at' is null and r.now_is ->> 'erased_at' is not null then 'erased'
            when r.was ->> 'merged_into' is null and r.now_is ->> 'merged_into' is not null then 'merged'
            when r.was ->> 'archived_at' is null and r.now_is ->> 'archived_at' is not null then 'archived'
            when r.was ->> 'archived_at' is not null and r.now_is ->> 'archived_at' is null then 'restored'
            when fields.changed <> '{}' then 'updated' end as what) happened
        where happened.what is not null)
    insert into webhook_deliveries (id, workspace_id, webhook_id, event_id, type, record_id, changed)
      select gen_random_uuid(), e.workspace_id, w.id, e.event_id, e.type, e.id, e.changed
        from events e join outgoing_webhooks w
          on w.workspace_id = e.workspace_id and w.state = 'Active' and e.type = any (w.events);
  end if;
  return null;
end $$;
revoke execute on function records_tell_webhooks() from public;

drop trigger customers_arrived_webhooks on customers;
drop trigger customers_changed_webhooks on customers;
drop function customers_tell_webhooks();

do $$
declare
  t record;
begin
  for t in select * from (values ('customers', 'customer'), ('companies', 'company'), ('deals', 'deal')) of (name, word)
  loop
    execute format('create trigger %I after insert on %I referencing new table as after_rows
      for each statement execute function records_tell_webhooks(%L)', t.name || '_arrived_webhooks', t.name, t.word);
    execute format('create trigger %I after update on %I referencing old table as before_rows new table as after_rows
      for each statement execute function records_tell_webhooks(%L)', t.name || '_changed_webhooks', t.name, t.word);
  end loop;
end $$;

-- As before, but for what those tables keep for themselves.
create or replace function changed_fields(was jsonb, now_is jsonb) returns text[]
  language sql immutable set search_path = public, pg_temp as
$$
  select coalesce(array_agg(name order by name), '{}') from (
    select n.key as name from jsonb_each(now_is) n
      where n.value is distinct from was -> n.key and n.key not in ('id', 'workspace_id', 'custom', 'field_clock',
        'created_at', 'updated_at', 'updated_by', 'email_key', 'domain_key', 'name_key', 'sort_name', 'search_text',
        'company_by', 'archived_for_scope', 'stage_since', 'previous_stage_id', 'sequence', 'public_code', 'seller')
    union
    select coalesce(a.key, b.key) from jsonb_each(coalesce(was -> 'custom', '{}')) a
      full join jsonb_each(coalesce(now_is -> 'custom', '{}')) b on a.key = b.key
      where a.value is distinct from b.value) names
$$;
