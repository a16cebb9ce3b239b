-- What the admin's pages need: how the HubSpot account is set up, as the worker last read it, and candidates by the thousands. -

-- The portal does not call HubSpot's CRM. It writes down what it wants to know, and the worker the answer.
create table hubspot_structure (
  connection_id uuid primary key,
  workspace_id uuid not null references workspaces,
  asked_at timestamptz, -- somebody has waited since then
  wants_definitions boolean not null default false,
  wants_count jsonb, -- stages, activity
  wants_sample bigint, -- HubSpot's id of a contact
  properties jsonb not null default '[]',
  lists jsonb not null default '[]',
  read_at timestamptz, -- properties and lists
  count jsonb, -- the question and the answer
  sample jsonb, -- a record with its values
  foreign key (connection_id, workspace_id) references hubspot_connections (id, workspace_id) on delete cascade
);
alter table hubspot_structure enable row level security;
alter table hubspot_structure force row level security;
create policy schema_owner on hubspot_structure to current_user using (true) with check (true);
create policy own_workspace on hubspot_structure to hubspotsync_app
  using (workspace_id = app_workspace()) with check (workspace_id = app_workspace());
grant select, insert, update, delete on hubspot_structure to hubspotsync_app;

create function connections_asked_about() returns table (workspace_id uuid, connection_id uuid)
  language sql stable security definer set search_path = public, pg_temp as
$$
  select s.workspace_id, s.connection_id from hubspot_structure s
    join hubspot_connections c on c.id = s.connection_id and c.state = 'Connected'
    where s.asked_at > now() - interval '10 minutes' -- nobody waits longer
      and (s.wants_definitions or s.wants_count is not null or s.wants_sample is not null)
$$;
revoke execute on function connections_asked_about() from public;
grant execute on function connections_asked_about() to hubspotsync_app;
