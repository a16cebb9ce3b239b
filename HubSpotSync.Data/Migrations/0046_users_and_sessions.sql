-- From where people are signed in, the links by which they come in, and those who left. ------------------------------

-- Who left keeps their row: what they did stays theirs by name. Their address is free again.
alter table users add column removed_at timestamptz;
alter table users add constraint users_workspace_key unique (id, workspace_id);

-- A browser that somebody signed in with. Its cookie names the row, and without the row the cookie is worth nothing.
create table user_sessions (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  user_id uuid not null,
  started_at timestamptz not null,
  seen_at timestamptz not null,
  address text,
  browser text not null,
  ended_at timestamptz,
  foreign key (user_id, workspace_id) references users (id, workspace_id) on delete cascade
);
create index user_sessions_user_idx on user_sessions (user_id, seen_at desc);

-- Links that let somebody in once: the hash of the code, never the code.
create table user_links (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  kind text not null check (kind in ('Invitation', 'NewPassword')),
  code_hash bytea not null,
  email text, -- of an invitation
  role text check (role in ('Owner', 'Admin', 'Member', 'Viewer')), -- likewise
  user_id uuid, -- whose password, or who came in by it
  created_by uuid references users on delete set null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz,
  constraint user_links_code_key unique (code_hash),
  check ((kind = 'Invitation') = (email is not null and role is not null)),
  check (kind = 'Invitation' or user_id is not null),
  foreign key (user_id, workspace_id) references users (id, workspace_id) on delete cascade
);
create index user_links_open_idx on user_links (workspace_id, created_at desc)
  where used_at is null and revoked_at is null;

do $$
declare
  t text;
begin
  foreach t in array array['user_sessions', 'user_links'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy schema_owner on %I to current_user using (true) with check (true)', t);
    execute format('create policy own_workspace on %I to hubspotsync_app
      using (workspace_id = app_workspace()) with check (workspace_id = app_workspace())', t);
    execute format('grant select, insert, update, delete on %I to hubspotsync_app', t);
  end loop;
end $$;

-- Who holds the code of a link does not know whose workspace it leads to.
create function workspace_of_user_link(wanted bytea) returns uuid
  language sql stable security definer set search_path = public, pg_temp as
$$ select workspace_id from user_links where code_hash = wanted $$;
revoke execute on function workspace_of_user_link(bytea) from public;
grant execute on function workspace_of_user_link(bytea) to hubspotsync_app;

-- The audit page reads from the newest entry on, a page at a time.
create index audit_log_id_idx on audit_log (workspace_id, id desc);
