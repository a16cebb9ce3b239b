-- What people here write about records, how they sort them, and work on many of them at once. HubSpot sees none of it.

create table notes (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  customer_id uuid,
  company_id uuid,
  deal_id uuid,
  text text not null,
  created_by uuid references users on delete set null,
  created_at timestamptz not null default now(),
  edited_at timestamptz,
  check (num_nonnulls(customer_id, company_id, deal_id) = 1),
  foreign key (customer_id, workspace_id) references customers (id, workspace_id) on delete cascade,
  foreign key (company_id, workspace_id) references companies (id, workspace_id) on delete cascade,
  foreign key (deal_id, workspace_id) references deals (id, workspace_id) on delete cascade
);
create index notes_customer_idx on notes (customer_id, created_at desc) where customer_id is not null;
create index notes_company_idx on notes (company_id, created_at desc) where company_id is not null;
create index notes_deal_idx on notes (deal_id, created_at desc) where deal_id is not null;

create table tags (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  name text not null,
  name_key text generated always as (lower(btrim(name))) stored,
  created_by uuid references users on delete set null,
  created_at timestamptz not null default now(),
  constraint tags_name_key unique (workspace_id, name_key),
  unique (id, workspace_id)
);

create table customer_tags (
  workspace_id uuid not null references workspaces,
  customer_id uuid not null,
  tag_id uuid not null,
  primary key (customer_id, tag_id),
  foreign key (customer_id, workspace_id) references customers (id, workspace_id) on delete cascade,
  foreign key (tag_id, workspace_id) references tags (id, workspace_id) on delete cascade
);
create index customer_tags_tag_idx on customer_tags (tag_id, customer_id);

-- A list as somebody wants to see it again: the part of its address after the question mark.
create table saved_views (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  user_id uuid not null references users on delete cascade,
  list text not null default 'customers',
  name text not null,
  query text not null,
  is_shared boolean not null default false,
  created_at timestamptz not null default now(),
  constraint saved_views_name_key unique (user_id, list, name)
);
create index saved_views_workspace_idx on saved_views (workspace_id, list);

-- A file of customers on its way in. Its rows are kept as they were sent until they are taken; what can't be taken says
-- why, and stays for a week.
create table csv_imports (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  file_name text not null,
  headers text[] not null,
  row_count integer not null,
  mapping jsonb not null default '{}', -- column → field
  updates boolean not null default true, -- customers who are here already take the file's values
  tag_id uuid,
  created_by uuid references users on delete set null,
  created_at timestamptz not null default now(),
  unique (id, workspace_id),
  foreign key (tag_id, workspace_id) references tags (id, workspace_id) on delete set null (tag_id)
);
create table csv_import_rows (
  import_id uuid not null,
  line integer not null,
  workspace_id uuid not null references workspaces,
  cells text[] not null,
  key text, -- what the person is told apart by, in this file and here, under the mapping
  outcome text, -- null until it was looked at for good
  problem text,
  customer_id uuid,
  primary key (import_id, line),
  foreign key (import_id, workspace_id) references csv_imports (id, workspace_id) on delete cascade
);
create index csv_import_rows_key_idx on csv_import_rows (import_id, key, line) where key is not null;
create index csv_import_rows_refused_idx on csv_import_rows (import_id, line) where problem is not null;
create index csv_import_rows_customer_idx on csv_import_rows (customer_id) where customer_id is not null;

-- Work on many records that may take longer than somebody waits. Done page by page; the place is kept with the page.
create table bulk_jobs (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  kind text not null check (kind in ('Tag', 'Untag', 'Archive', 'Restore', 'Owner', 'Import')),
  choice jsonb not null, -- which records, and what becomes of them
  state text not null default 'Waiting' check (state in ('Waiting', 'Running', 'Done', 'Failed')),
  total integer not null default 0,
  processed integer not null default 0,
  changed integer not null default 0,
  skipped jsonb not null default '{}', -- reason → how many
  place text, -- the last record of the last page
  import_id uuid,
  requested_by uuid references users on delete set null,
  requested_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  due_at timestamptz not null default clock_timestamp(),
  attempts integer not null default 0,
  lease_owner text,
  lease_until timestamptz,
  last_error text,
  check ((kind = 'Import') = (import_id is not null)),
  constraint bulk_jobs_import_key unique (import_id), -- a file is taken once
  foreign key (import_id, workspace_id) references csv_imports (id, workspace_id) on delete cascade
);
create index bulk_jobs_due_idx on bulk_jobs (due_at) where state in ('Waiting', 'Running');

-- What an edit changed: field → [before, after], as in record_changes.
alter table activities add column fields jsonb;

-- Work on many records can be taken back by what it noted of each.
create index activities_job_idx on activities ((params->>'job')) where params ? 'job';

-- Each filter of the list has its own way into the order by name; without it a rare value is looked for in all rows.
create index customers_owner_idx on customers (workspace_id, hubspot_owner_id, sort_name, id);
create index customers_source_idx on customers (workspace_id, source, sort_name, id);
create index customers_archived_idx on customers (workspace_id, sort_name, id) where archived_at is not null;

-- Takes one job that is due; at most one caller gets it.
create function claim_bulk_job(worker text, lease interval) returns table (workspace_id uuid, job_id uuid)
  language sql volatile security definer set search_path = public, pg_temp as
$$
  update bulk_jobs j
    set state = 'Running', lease_owner = worker, lease_until = clock_timestamp() + lease, attempts = j.attempts + 1
    where j.id = (
      select q.id from bulk_jobs q
        where q.state in ('Waiting', 'Running') and q.due_at <= clock_timestamp()
          and (q.lease_until is null or q.lease_until < clock_timestamp())
        order by q.due_at
        for update skip locked
        limit 1)
    returning j.workspace_id, j.id
$$;

create function forget_old_imports() returns void
  language sql volatile security definer set search_path = public, pg_temp as
$$
  delete from csv_imports i where i.created_at < now() - interval '7 days'
    and not exists (select 1 from bulk_jobs j where j.import_id = i.id and j.state in ('Waiting', 'Running'))
$$;

-- Whoever is erased is erased from all of this as well.
create function crm_forgets_customer() returns trigger language plpgsql as $$
begin
  delete from notes where customer_id = new.id;
  delete from customer_tags where customer_id = new.id;
  delete from csv_import_rows where customer_id = new.id;
  update activities set fields = (select jsonb_object_agg(key, '[null, null]'::jsonb) from jsonb_each(fields))
    where customer_id = new.id and fields is not null;
  update activities set params = params - 'name' where customer_id = new.id and kind = 'customer.merged';
  return null;
end $$;
create trigger customers_erased_crm after update of erased_at on customers
  for each row when (old.erased_at is null and new.erased_at is not null) execute function crm_forgets_customer();

do $$
declare
  t text;
begin
  foreach t in array array['notes', 'tags', 'customer_tags', 'saved_views', 'csv_imports', 'csv_import_rows',
      'bulk_jobs'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy schema_owner on %I to current_user using (true) with check (true)', t);
    execute format('create policy own_workspace on %I to hubspotsync_app
      using (workspace_id = app_workspace()) with check (workspace_id = app_workspace())', t);
    execute format('grant select, insert, update, delete on %I to hubspotsync_app', t);
  end loop;
end $$;
revoke execute on function claim_bulk_job(text, interval), forget_old_imports(), crm_forgets_customer() from public;
grant execute on function claim_bulk_job(text, interval), forget_old_imports() to hubspotsync_app;
