-- Keys of programs, and what was answered to requests that may come twice. ---------------------------------------------------

create table api_keys (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  name text not null,
  hint text not null, -- its last letters, to tell keys apart
  key_hash bytea not null, -- the key itself is shown once and kept nowhere
  scopes text[] not null,
  created_by uuid references users on delete set null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  revoked_at timestamptz,
  constraint api_keys_hash_key unique (key_hash),
  unique (id, workspace_id)
);
create index api_keys_list_idx on api_keys (workspace_id, created_at desc);

-- Who did it, where no person did.
alter table audit_log add column key_id uuid;

-- A request with an Idempotency-Key: the row is written in the transaction that does the work, so either both are there or
-- neither. Who comes second waits at the primary key for the first one's end.
create table api_answers (
  key_id uuid not null,
  idempotency_key text not null,
  workspace_id uuid not null references workspaces,
  request_hash bytea not null,
  status integer, -- null only inside of that transaction
  headers jsonb not null default '{}',
  body text, -- null: a person in it was erased since
  created_at timestamptz not null default clock_timestamp(),
  primary key (key_id, idempotency_key),
  foreign key (key_id, workspace_id) references api_keys (id, workspace_id) on delete cascade
);
create index api_answers_age_idx on api_answers (created_at);

-- The orders in which programs read lists.
create index deals_created_idx on deals (workspace_id, created_at desc, id);
create index payments_recorded_idx on payments (workspace_id, recorded_at desc, id);

-- Whose key it is has to be known before the workspace is.
create function workspace_of_api_key(hash bytea) returns table (workspace_id uuid, key_id uuid)
  language sql stable security definer set search_path = public, pg_temp as
$$ select k.workspace_id, k.id from api_keys k where k.key_hash = hash and k.revoked_at is null $$;

create function forget_old_answers() returns void
  language sql volatile security definer set search_path = public, pg_temp as
$$ delete from api_answers where created_at < now() - interval '24 hours' $$;

create function api_forgets_customer() returns trigger language plpgsql as $$
begin
  update api_answers set body = null where workspace_id = new.workspace_id and strpos(body, new.id::text) > 0;
  return null;
end $$;
create trigger customers_erased_api after update of erased_at on customers
  for each row when (old.erased_at is null and new.erased_at is not null) execute function api_forgets_customer();

do $$
declare
  t text;
begin
  foreach t in array array['api_keys', 'api_answers'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy schema_owner on %I to current_user using (true) with check (true)', t);
    execute format('create policy own_workspace on %I to hubspotsync_app
      using (workspace_id = app_workspace()) with check (workspace_id = app_workspace())', t);
    execute format('grant select, insert, update, delete on %I to hubspotsync_app', t);
  end loop;
end $$;
revoke delete on api_keys from hubspotsync_app;
revoke execute on function workspace_of_api_key(bytea), forget_old_answers(), api_forgets_customer() from public;
grant execute on function workspace_of_api_key(bytea), forget_old_answers() to hubspotsync_app;
