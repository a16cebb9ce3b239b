-- What was sent to HubSpot, noted before it was: an answer may never come, and a write may land long after its sender died. ---

create table sent_writes (
  id uuid primary key,
  connection_id uuid not null,
  kind text not null,
  workspace_id uuid not null references workspaces,
  local_id uuid not null,
  hubspot_id bigint, -- none for a record that HubSpot was to create
  fields jsonb not null, -- as in record_changes
  sent_at timestamptz not null default clock_timestamp(),
  answered_at timestamptz, -- by HubSpot's clock, when it was done; kept until a reconcile has looked what it overwrote
  foreign key (connection_id, workspace_id) references hubspot_connections (id, workspace_id) on delete cascade
);
create index sent_writes_record_idx on sent_writes (connection_id, kind, local_id);

alter table sent_writes enable row level security;
alter table sent_writes force row level security;
create policy schema_owner on sent_writes to current_user using (true) with check (true);
create policy own_workspace on sent_writes to hubspotsync_app
  using (workspace_id = app_workspace()) with check (workspace_id = app_workspace());
grant select, insert, update, delete on sent_writes to hubspotsync_app;
