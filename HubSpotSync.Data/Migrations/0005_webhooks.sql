-- What HubSpot told us of by itself. ----------------------------------------------------------------------------------------

-- HubSpot tells things more than once, in any order. Who was told is known for three days, longer than it tries.
create table webhook_receipts (
  connection_id uuid not null,
  receipt_key text not null,
  workspace_id uuid not null references workspaces,
  received_at timestamptz not null default now(),
  primary key (connection_id, receipt_key),
  foreign key (connection_id, workspace_id) references hubspot_connections (id, workspace_id) on delete cascade
);
create index webhook_receipts_age_idx on webhook_receipts (received_at);

alter table webhook_receipts enable row level security;
alter table webhook_receipts force row level security;
create policy schema_owner on webhook_receipts to current_user using (true) with check (true);
create policy own_workspace on webhook_receipts to hubspotsync_app
  using (workspace_id = app_workspace()) with check (workspace_id = app_workspace());
grant select, insert, update, delete on webhook_receipts to hubspotsync_app;

-- Whose account it is: one HubSpot account may be connected by several workspaces.
create function connections_of_hub(hub bigint) returns table (workspace_id uuid, connection_id uuid)
  language sql stable security definer set search_path = public, pg_temp as
$$ select workspace_id, id from hubspot_connections where hub_id = hub and state <> 'Disconnected' $$;

create function forget_old_receipts() returns bigint
  language sql volatile security definer set search_path = public, pg_temp as
$$
  with forgotten as (delete from webhook_receipts where received_at < now() - interval '3 days' returning 1)
  select count(*) from forgotten
$$;
revoke execute on function connections_of_hub(bigint), forget_old_receipts() from public;
grant execute on function connections_of_hub(bigint), forget_old_receipts() to hubspotsync_app;
