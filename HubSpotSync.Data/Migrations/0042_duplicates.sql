-- Customers who may be one person, and what people said about them. --------------------------------------------------------

create table duplicate_pairs (
  workspace_id uuid not null references workspaces,
  low_id uuid not null,
  high_id uuid not null,
  reason text not null,
  found_at timestamptz not null default now(),
  answer text, -- Distinct: never asked about again; Later: put aside
  answered_by uuid references users on delete set null,
  answered_at timestamptz,
  primary key (workspace_id, low_id, high_id),
  check (low_id < high_id),
  foreign key (low_id, workspace_id) references customers (id, workspace_id) on delete cascade,
  foreign key (high_id, workspace_id) references customers (id, workspace_id) on delete cascade
);
create index duplicate_pairs_high_idx on duplicate_pairs (workspace_id, high_id);

create table duplicate_searches (
  workspace_id uuid primary key references workspaces,
  searched_at timestamptz not null
);

do $$
declare
  t text;
begin
  foreach t in array array['duplicate_pairs', 'duplicate_searches'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy schema_owner on %I to current_user using (true) with check (true)', t);
    execute format('create policy own_workspace on %I to hubspotsync_app
      using (workspace_id = app_workspace()) with check (workspace_id = app_workspace())', t);
    execute format('grant select, insert, update, delete on %I to hubspotsync_app', t);
  end loop;
end $$;

-- Pairs that share an address but for its tag, a phone number, or nearly the name at one company. As the owner, so that the
-- keys may be computed before the policy is asked; the workspace is named in it.
create function find_duplicate_pairs() returns table (low_id uuid, high_id uuid, rank integer)
  language sql stable security definer set search_path = public, pg_temp as
$$
  with people as materialized (
    select c.id,
        lower(regexp_replace(c.email, '\+[^@]*@', '@')) as email,
        -- the last nine digits: the same number with and without its country
        nullif(right(regexp_replace(coalesce(c.phone, c.mobile_phone), '\D', '', 'g'), 9), '') as phone,
        lower(btrim(concat_ws(' ', c.first_name, c.last_name))) as name,
        coalesce(c.company_id::text, lower(btrim(c.company_name))) as company,
        left(lower(coalesce(c.last_name, c.first_name)), 1) as initial
      from customers c where c.workspace_id = app_workspace() and c.archived_at is null and c.erased_at is null),
  -- A value that dozens share is a switchboard or a placeholder, and says nothing of a person.
  mails as (select email from people where email is not null group by email having count(*) between 2 and 20),
  phones as (select phone from people where length(phone) >= 7 group by phone having count(*) between 2 and 20),
  rooms as (select company, initial from people where name <> '' group by company, initial having count(*) between 2 and 200),
  found as (
    select a.id as one, b.id as other, 1 as rank
      from mails m join people a on a.email = m.email join people b on b.email = m.email and a.id < b.id
    union all
    select a.id, b.id, 2
      from phones p join people a on a.phone = p.phone join people b on b.phone = p.phone and a.id < b.id
    union all
    select a.id, b.id, 3
      from rooms r join people a on a.company = r.company and a.initial = r.initial
        join people b on b.company = r.company and b.initial = r.initial and a.id < b.id
      where similarity(a.name, b.name) >= 0.6)
  select one, other, min(rank) from found group by one, other
$$;
revoke execute on function find_duplicate_pairs() from public;
grant execute on function find_duplicate_pairs() to hubspotsync_app;
