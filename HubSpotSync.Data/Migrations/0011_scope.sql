-- What is synced, and what for: fields that an admin adds, lists and activity as filters, reviews before the first import. ------

alter table customers
  add column custom jsonb not null default '{}', -- fields that an admin added: name → text
  add column archived_for_scope boolean not null default false; -- the engine did it; it takes the customer back by itself
alter table companies add column custom jsonb not null default '{}';
alter table deals add column custom jsonb not null default '{}';
create index customers_custom_idx on customers using gin (custom jsonb_path_ops);

-- Companies that are known by nothing but the text in a contact: one a name.
alter table companies add column name_key text generated always as (lower(btrim(name, E' \t\r\n\u00a0'))) stored;
create index companies_name_key_idx on companies (workspace_id, name_key) where archived_at is null;
create unique index companies_text_key on companies (workspace_id, name_key) where source = 'contact' and archived_at is null;

alter table hubspot_connections
  add column custom_fields jsonb not null default '[]',
  add column disabled_fields jsonb not null default '[]', -- kind, field, why and since when
  add column takes_companies boolean not null default true,
  add column list_ids bigint[] not null default '{}',
  add column activity jsonb, -- {"isActive": …, "days": …}
  add column leaving text not null default 'Stay',
  add column duplicates text not null default 'Merge',
  add column is_under_review boolean not null default false,
  add column match_field text,
  add column decisions_since timestamptz, -- decisions that were made before have been carried out
  add column own_id_missing_since timestamptz; -- our unique property can't be made there: creations are found by other means

-- The lists that were chosen, as they were last read, and who is in them.
create table hubspot_lists (
  connection_id uuid not null,
  list_id bigint not null,
  workspace_id uuid not null references workspaces,
  name text not null,
  size integer not null,
  fingerprint text, -- changes with the members; null: not read yet
  missing_since timestamptz, -- HubSpot does not have it any more; its members are kept
  read_at timestamptz,
  primary key (connection_id, list_id),
  unique (connection_id, list_id, workspace_id),
  foreign key (connection_id, workspace_id) references hubspot_connections (id, workspace_id) on delete cascade
);
create table list_members (
  connection_id uuid not null,
  list_id bigint not null,
  hubspot_id bigint not null,
  workspace_id uuid not null references workspaces,
  primary key (connection_id, list_id, hubspot_id),
  foreign key (connection_id, list_id, workspace_id)
    references hubspot_lists (connection_id, list_id, workspace_id) on delete cascade
);
create index list_members_record_idx on list_members (connection_id, hubspot_id);

-- Contacts that wait for a person to say whether they come, as they were last seen.
create table import_candidates (
  connection_id uuid not null,
  hubspot_id bigint not null,
  workspace_id uuid not null references workspaces,
  fields jsonb not null, -- by field name
  match_ids uuid[] not null default '{}',
  matched_by text,
  reason text not null,
  seen_at timestamptz not null default now(),
  choice text, -- what a person has ticked so far; it counts when it becomes a decision
  choice_local_id uuid,
  primary key (connection_id, hubspot_id),
  foreign key (connection_id, workspace_id) references hubspot_connections (id, workspace_id) on delete cascade
);
create index import_candidates_match_idx on import_candidates using gin (match_ids);

create table import_decisions (
  connection_id uuid not null,
  hubspot_id bigint not null,
  workspace_id uuid not null references workspaces,
  answer text not null,
  local_id uuid,
  decided_by uuid references users on delete set null, -- null: a rule
  decided_at timestamptz not null default now(),
  primary key (connection_id, hubspot_id),
  foreign key (connection_id, workspace_id) references hubspot_connections (id, workspace_id) on delete cascade
);

-- Fields that both sides edited and that only a person may decide about. A row ends when the sides agree.
create table open_conflicts (
  connection_id uuid not null,
  kind text not null,
  local_id uuid not null,
  field text not null,
  workspace_id uuid not null references workspaces,
  hubspot_id bigint not null,
  local_value text,
  hubspot_value text,
  since timestamptz not null default now(),
  primary key (connection_id, kind, local_id, field),
  foreign key (connection_id, workspace_id) references hubspot_connections (id, workspace_id) on delete cascade
);

do $$
declare
  t text;
begin
  foreach t in array array['hubspot_lists', 'list_members', 'import_candidates', 'import_decisions', 'open_conflicts'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy schema_owner on %I to current_user using (true) with check (true)', t);
    execute format('create policy own_workspace on %I to hubspotsync_app
      using (workspace_id = app_workspace()) with check (workspace_id = app_workspace())', t);
    execute format('grant select, insert, update, delete on %I to hubspotsync_app', t);
  end loop;
end $$;

-- As before, and for the fields that an admin added. Whoever archives or takes back by hand has the last word.
create or replace function customers_keep_field_clock() returns trigger language plpgsql as $$
declare
  now_ms bigint := (extract(epoch from clock_timestamp()) * 1000)::bigint;
  editor text := coalesce(nullif(current_setting('app.actor', true), ''), 'sql');
  before jsonb := case when tg_op = 'UPDATE' then to_jsonb(old) || old.custom else '{}'::jsonb end;
  after jsonb := to_jsonb(new) || new.custom;
  field text;
begin
  if coalesce(current_setting('app.engine', true), '') = 'on' then
    return new;
  end if;
  new.updated_at := now();
  if tg_op = 'UPDATE' and new.archived_at is distinct from old.archived_at then
    new.archived_for_scope := false;
  end if;
  for field in
    select unnest(array['first_name', 'last_name', 'email', 'phone', 'mobile_phone', 'job_title',
      'company_name', 'website', 'address', 'city', 'state', 'postal_code', 'country'])
    union select jsonb_object_keys(new.custom)
    union select jsonb_object_keys(case when tg_op = 'UPDATE' then old.custom else '{}'::jsonb end)
  loop
    if coalesce(after -> field, 'null'::jsonb) is distinct from coalesce(before -> field, 'null'::jsonb) then
      new.field_clock := jsonb_set(new.field_clock, array[field],
        jsonb_build_object('at', now_ms, 'by', editor));
    end if;
  end loop;
  return new;
end $$;

-- Found through a function, since row-level security keeps the operator from using an index; see search_customers.
create function customers_with_custom(field text, wanted text[]) returns table (id uuid)
  language sql stable security definer set search_path = public, pg_temp as
$$
  select c.id from unnest(wanted) w join customers c on c.custom @> jsonb_build_object(field, w)
    where c.workspace_id = app_workspace()
$$;

create or replace function erase_customer(connection uuid, customer uuid, record bigint) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from customers where id = customer and workspace_id = app_workspace()) then
    return;
  end if;
  update customers set first_name = null, last_name = null, email = null, phone = null, mobile_phone = null,
      job_title = null, company_name = null, website = null, address = null, city = null, state = null,
      postal_code = null, country = null, lifecycle_stage = null, hubspot_owner_id = null, company_id = null,
      custom = '{}', field_clock = '{}', updated_at = now(), archived_at = coalesce(archived_at, now()),
      archived_for_scope = false, erased_at = now()
    where id = customer;
  delete from record_links where connection_id = connection and kind = 'Contact'
    and (local_id = customer or hubspot_id = record);
  delete from sent_writes where local_id = customer;
  delete from open_conflicts where local_id = customer;
  delete from import_candidates where connection_id = connection and hubspot_id = record;
  delete from list_members where connection_id = connection and hubspot_id = record;
  update record_changes set fields = without_values(fields)
    where kind = 'Contact' and workspace_id = app_workspace()
      and (local_id = customer or (connection_id = connection and hubspot_id = record));
  update field_conflicts set local_value = null, hubspot_value = null
    where kind = 'Contact' and workspace_id = app_workspace()
      and (local_id = customer or (connection_id = connection and hubspot_id = record));
  update record_outcomes set detail = null
    where kind = 'Contact' and workspace_id = app_workspace() and (local_id = customer
      or (connection_id = connection and hubspot_id = record));
end $$;

-- As before, or with decisions that nobody has carried out yet.
create or replace function schedules_due() returns table (workspace_id uuid, connection_id uuid)
  language sql stable security definer set search_path = public, pg_temp as
$$
  select c.workspace_id, c.id from hubspot_connections c
    where c.state = 'Connected' and c.first_run_done_at is not null
      and ((c.schedule <> '' and (c.next_run_at is null or c.next_run_at <= clock_timestamp()))
        or ((c.rules_changed_at > c.full_run_at or exists (select 1 from import_decisions d
              join import_candidates k on k.connection_id = d.connection_id and k.hubspot_id = d.hubspot_id
              where d.connection_id = c.id and d.decided_at > coalesce(c.decisions_since, '-infinity')))
          and not exists (select 1 from sync_runs r where r.connection_id = c.id and r.state in ('Waiting', 'Running'))))
$$;

-- A person who waits for one record comes first. ---------------------------------------------------------------------------

alter table sync_requests add column asked_by uuid references users on delete set null;
drop function claim_sync_requests(text, interval, integer);
create function claim_sync_requests(worker text, lease interval, most integer)
  returns table (workspace_id uuid, connection_id uuid, epoch bigint, kind text, local_id uuid, hubspot_id bigint,
    from_hubspot boolean, is_erasure boolean, is_asked boolean, version bigint, attempts integer)
  language sql volatile security definer set search_path = public, pg_temp as
$$
  with first as (
    select q.connection_id, q.kind from sync_requests q
      join hubspot_connections c on c.id = q.connection_id and c.state = 'Connected'
        and c.first_run_done_at is not null
      where q.parked_at is null and q.due_at <= clock_timestamp()
        and (q.lease_until is null or q.lease_until < clock_timestamp())
      order by q.asked_by is null, q.due_at
      limit 1),
  due as (
    select q.connection_id, q.kind, q.record_key from sync_requests q
      join first on first.connection_id = q.connection_id and first.kind = q.kind
      where q.parked_at is null and q.due_at <= clock_timestamp()
        and (q.lease_until is null or q.lease_until < clock_timestamp())
      order by q.asked_by is null, q.due_at
      for update of q skip locked
      limit most),
  taken as (
    update sync_requests q
      set lease_owner = worker, lease_until = clock_timestamp() + lease, attempts = q.attempts + 1
      from due where (q.connection_id, q.kind, q.record_key) = (due.connection_id, due.kind, due.record_key)
      returning q.*)
  select t.workspace_id, t.connection_id, c.epoch, t.kind, t.local_id, t.hubspot_id, t.from_hubspot,
      t.is_erasure, t.asked_by is not null, t.version, t.attempts
    from taken t join hubspot_connections c on c.id = t.connection_id
$$;
revoke execute on function claim_sync_requests(text, interval, integer), customers_with_custom(text, text[]) from public;
grant execute on function claim_sync_requests(text, interval, integer), customers_with_custom(text, text[])
  to hubspotsync_app;

-- What was looked over is kept while something else that may say the same is on its way: HubSpot's history shows one
-- version for each, and it is to be known whose that is.
alter table sent_writes add column looked_over_at timestamptz;

create or replace function forget_old_notes() returns void
  language sql volatile security definer set search_path = public, pg_temp as
$$
  delete from webhook_receipts where received_at < now() - interval '3 days';
  delete from sent_writes where looked_over_at < now() - interval '1 hour'
    or (sent_at < now() - interval '7 days' and answered_at is null);
$$;
