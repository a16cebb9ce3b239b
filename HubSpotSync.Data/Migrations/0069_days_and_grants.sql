-- What HubSpot says of an account's day, and consents to another account that a person has yet to confirm. ------------

-- How much of a day's limit is used, as HubSpot last said. Apart from the connection, whose row every page of a run holds.
create table hubspot_day_limits (
  connection_id uuid primary key,
  workspace_id uuid not null references workspaces,
  day_limit integer not null check (day_limit > 0),
  used integer not null,
  learnt_at timestamptz not null,
  foreign key (connection_id, workspace_id) references hubspot_connections (id, workspace_id) on delete cascade
);

-- Somebody who is connected to one account has let us into another one, and is asked which of the two it shall be. For
-- minutes, for this person in this browser, for one answer. The other account's row is not touched by it.
create table pending_grants (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  user_id uuid not null,
  replaces uuid not null, -- the connection that was in use when they came back
  nonce_hash bytea not null, -- of what their browser holds
  sealed text not null, -- account, tokens and mode, encrypted
  created_at timestamptz not null,
  expires_at timestamptz not null,
  constraint pending_grants_user_key unique (user_id), -- the latest consent is the one that counts
  foreign key (user_id, workspace_id) references users (id, workspace_id) on delete cascade,
  foreign key (replaces, workspace_id) references hubspot_connections (id, workspace_id) on delete cascade
);
create index pending_grants_age_idx on pending_grants (expires_at);

do $$
declare
  t text;
begin
  foreach t in array array['hubspot_day_limits', 'pending_grants'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy schema_owner on %I to current_user using (true) with check (true)', t);
    execute format('create policy own_workspace on %I to hubspotsync_app
      using (workspace_id = app_workspace()) with check (workspace_id = app_workspace())', t);
    execute format('grant select, insert, update, delete on %I to hubspotsync_app', t);
  end loop;
end $$;

create function forget_old_grants() returns void
  language sql volatile security definer set search_path = public, pg_temp as
$$ delete from pending_grants where expires_at < now() $$;
revoke execute on function forget_old_grants() from public;
grant execute on function forget_old_grants() to hubspotsync_app;
