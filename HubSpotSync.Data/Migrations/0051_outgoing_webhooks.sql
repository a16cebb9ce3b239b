-- Programs that are told of changes. A delivery is written in the transaction of the change it tells of, whoever makes it:
-- the portal, the API, the sync, another program's SQL. It says which record and which fields, and no values: whoever is
-- told reads the record, so that late, lost and doubled deliveries do no harm, and nothing of a person is kept here. ---------

create table outgoing_webhooks (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  url text not null,
  events text[] not null,
  secret text not null, -- encrypted
  previous_secret text, -- encrypted; signs as well until previous_until
  previous_until timestamptz,
  state text not null default 'Active' check (state in ('Active', 'Off', 'Failed')),
  state_reason text,
  failing_since timestamptz, -- no delivery has arrived since then
  failures integer not null default 0, -- in a row
  resting_until timestamptz, -- it is not called before
  last_success_at timestamptz,
  created_by uuid references users on delete set null,
  created_at timestamptz not null default now(),
  unique (id, workspace_id)
);
create index outgoing_webhooks_list_idx on outgoing_webhooks (workspace_id, created_at);

create table webhook_deliveries (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  webhook_id uuid not null,
  event_id uuid not null, -- the same for each webhook and each try
  type text not null,
  record_id uuid,
  changed text[] not null default '{}',
  occurred_at timestamptz not null default clock_timestamp(),
  state text not null default 'Waiting' check (state in ('Waiting', 'Delivered', 'Failed')),
  due_at timestamptz not null default clock_timestamp(),
  attempts integer not null default 0,
  lease_owner text,
  lease_until timestamptz,
  last_status integer,
  last_error text,
  last_tried_at timestamptz,
  milliseconds integer,
  foreign key (webhook_id, workspace_id) references outgoing_webhooks (id, workspace_id) on delete cascade
);
create index webhook_deliveries_due_idx on webhook_deliveries (webhook_id, due_at) where state = 'Waiting';
create index webhook_deliveries_list_idx on webhook_deliveries (workspace_id, occurred_at desc, id);
create index webhook_deliveries_age_idx on webhook_deliveries (occurred_at);

-- Names of the fields whose values differ; those that an admin added by their own names.
create function changed_fields(was jsonb, now_is jsonb) returns text[]
  language sql immutable set search_path = public, pg_temp as
$$
  select coalesce(array_agg(name order by name), '{}') from (
    select n.key as name from jsonb_each(now_is) n
      where n.value is distinct from was -> n.key and n.key not in ('id', 'workspace_id', 'custom', 'field_clock', 'created_at',
        'updated_at', 'updated_by', 'email_key', 'sort_name', 'search_text', 'sequence', 'public_code', 'seller')
    union
    select coalesce(a.key, b.key) from jsonb_each(coalesce(was -> 'custom', '{}')) a
      full join jsonb_each(coalesce(now_is -> 'custom', '{}')) b on a.key = b.key
      where a.value is distinct from b.value) names
$$;

-- One statement may change a page of records; whom to tell is asked once. As the owner, since another program may see no
-- webhooks.
create function customers_tell_webhooks() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from outgoing_webhooks where state = 'Active') then
    return null;
  end if;
  if tg_op = 'INSERT' then
    with events as materialized (
      select gen_random_uuid() as event_id, n.workspace_id, n.id, 'customer.created' as type, '{}'::text[] as changed
        from after_rows n)
    insert into webhook_deliveries (id, workspace_id, webhook_id, event_id, type, record_id, changed)
      select gen_random_uuid(), e.workspace_id, w.id, e.event_id, e.type, e.id, e.changed
        from events e join outgoing_webhooks w on w.workspace_id = e.workspace_id and w.state = 'Active' and e.type = any (w.events);
  else
    with events as materialized (
      select gen_random_uuid() as event_id, n.workspace_id, n.id, happened.type, fields.changed
        from after_rows n join before_rows o on o.id = n.id
          cross join lateral (select changed_fields(to_jsonb(o), to_jsonb(n)) as changed) fields
          cross join lateral (select case
            when o.erased_at is null and n.erased_at is not null then 'customer.erased'
            when o.merged_into is null and n.merged_into is not null then 'customer.merged'
            when o.archived_at is null and n.archived_at is not null then 'customer.archived'
            when o.archived_at is not null and n.archived_at is null then 'customer.restored'
            when fields.changed <> '{}' then 'customer.updated' end as type) happened
        where happened.type is not null)
    insert into webhook_deliveries (id, workspace_id, webhook_id, event_id, type, record_id, changed)
      select gen_random_uuid(), e.workspace_id, w.id, e.event_id, e.type, e.id, e.changed
        from events e join outgoing_webhooks w on w.workspace_id = e.workspace_id and w.state = 'Active' and e.type = any (w.events);
  end if;
  return null;
end $$;
create trigger customers_arrived_webhooks after insert on customers
  referencing new table as after_rows for each statement execute function customers_tell_webhooks();
create trigger customers_changed_webhooks after update on customers
  referencing old table as before_rows new table as after_rows for each statement execute function customers_tell_webhooks();

create function invoices_tell_webhooks() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from outgoing_webhooks where state = 'Active') then
    return null;
  end if;
  if tg_op = 'INSERT' then
    with events as materialized (
      select gen_random_uuid() as event_id, n.workspace_id, n.id, 'invoice.created' as type, '{}'::text[] as changed
        from after_rows n)
    insert into webhook_deliveries (id, workspace_id, webhook_id, event_id, type, record_id, changed)
      select gen_random_uuid(), e.workspace_id, w.id, e.event_id, e.type, e.id, e.changed
        from events e join outgoing_webhooks w on w.workspace_id = e.workspace_id and w.state = 'Active' and e.type = any (w.events);
  elsif tg_op = 'DELETE' then
    with events as materialized (
      select gen_random_uuid() as event_id, o.workspace_id, o.id, 'invoice.deleted' as type, '{}'::text[] as changed
        from before_rows o)
    insert into webhook_deliveries (id, workspace_id, webhook_id, event_id, type, record_id, changed)
      select gen_random_uuid(), e.workspace_id, w.id, e.event_id, e.type, e.id, e.changed
        from events e join outgoing_webhooks w on w.workspace_id = e.workspace_id and w.state = 'Active' and e.type = any (w.events);
  else
    with events as materialized (
      select gen_random_uuid() as event_id, n.workspace_id, n.id, happened.type,
          changed_fields(to_jsonb(o), to_jsonb(n)) as changed
        from after_rows n join before_rows o on o.id = n.id
          cross join lateral (values
            ('invoice.updated', n.state = 'Draft'),
            ('invoice.sent', o.state = 'Draft' and n.state <> 'Draft'),
            ('invoice.payment_recorded', n.paid > o.paid),
            ('invoice.refunded', n.paid < o.paid),
            ('invoice.paid', n.state = 'Paid' and o.state <> 'Paid'),
            ('invoice.voided', n.state = 'Void' and o.state <> 'Void')) as happened (type, is_so)
        where happened.is_so)
    insert into webhook_deliveries (id, workspace_id, webhook_id, event_id, type, record_id, changed)
      select gen_random_uuid(), e.workspace_id, w.id, e.event_id, e.type, e.id, e.changed
        from events e join outgoing_webhooks w on w.workspace_id = e.workspace_id and w.state = 'Active' and e.type = any (w.events);
  end if;
  return null;
end $$;
create trigger invoices_arrived_webhooks after insert on invoices
  referencing new table as after_rows for each statement execute function invoices_tell_webhooks();
create trigger invoices_changed_webhooks after update on invoices
  referencing old table as before_rows new table as after_rows for each statement execute function invoices_tell_webhooks();
create trigger invoices_gone_webhooks after delete on invoices
  referencing old table as before_rows for each statement execute function invoices_tell_webhooks();

-- Takes deliveries that are due; at most one caller gets each, and one webhook never has more than so many under way, so
-- that a slow one does not hold up the others.
create function claim_webhook_deliveries(worker text, lease interval, most integer, each_most integer)
  returns table (workspace_id uuid, delivery_id uuid)
  language sql volatile security definer set search_path = public, pg_temp as
$$
  with due as materialized (
    select d.id from outgoing_webhooks w
      cross join lateral (
        select count(*) as running from webhook_deliveries r
          where r.webhook_id = w.id and r.state = 'Waiting' and r.lease_until >= clock_timestamp()) busy
      cross join lateral (
        select q.id from webhook_deliveries q
          where q.webhook_id = w.id and q.state = 'Waiting' and q.due_at <= clock_timestamp()
            and (q.lease_until is null or q.lease_until < clock_timestamp())
          order by q.due_at
          for update skip locked
          limit greatest(0, each_most - busy.running)) d
      where w.state = 'Active' and (w.resting_until is null or w.resting_until <= clock_timestamp())
      limit most)
  update webhook_deliveries t
    set lease_owner = worker, lease_until = clock_timestamp() + lease, attempts = t.attempts + 1
    from due where t.id = due.id
    returning t.workspace_id, t.id
$$;

create function forget_old_deliveries() returns void
  language sql volatile security definer set search_path = public, pg_temp as
$$ delete from webhook_deliveries where occurred_at < now() - interval '30 days' $$;

do $$
declare
  t text;
begin
  foreach t in array array['outgoing_webhooks', 'webhook_deliveries'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy schema_owner on %I to current_user using (true) with check (true)', t);
    execute format('create policy own_workspace on %I to hubspotsync_app
      using (workspace_id = app_workspace()) with check (workspace_id = app_workspace())', t);
    execute format('grant select, insert, update, delete on %I to hubspotsync_app', t);
  end loop;
end $$;
revoke execute on function changed_fields(jsonb, jsonb), customers_tell_webhooks(), invoices_tell_webhooks(),
  claim_webhook_deliveries(text, interval, integer, integer), forget_old_deliveries() from public;
grant execute on function claim_webhook_deliveries(text, interval, integer, integer), forget_old_deliveries()
  to hubspotsync_app;
