-- A record may name another one that has not come yet: a deal its buyer, a contact its company. When that one comes, the
-- first is looked at once more; HubSpot tells of the link once, and nothing of it changes the record's modified date.
create table awaited_links (
  connection_id uuid not null,
  kind text not null, -- of the one that is awaited
  hubspot_id bigint not null,
  by_kind text not null, -- of the one that named it
  by_hubspot_id bigint not null,
  workspace_id uuid not null references workspaces,
  primary key (connection_id, kind, hubspot_id, by_kind, by_hubspot_id),
  foreign key (connection_id, workspace_id) references hubspot_connections (id, workspace_id) on delete cascade
);
create index awaited_links_by_idx on awaited_links (connection_id, by_kind, by_hubspot_id);

alter table awaited_links enable row level security;
alter table awaited_links force row level security;
create policy schema_owner on awaited_links to current_user using (true) with check (true);
create policy own_workspace on awaited_links to hubspotsync_app
  using (workspace_id = (select app_workspace())) with check (workspace_id = (select app_workspace()));
grant select, insert, update, delete on awaited_links to hubspotsync_app;

-- Asks for a look at those whose awaited record is here. After a page is committed, with its ids: of two pages that name
-- each other and commit in one moment neither sees the other before. A run asks for all (null), should we have died between.
create function ask_for_awaited(of_connection uuid, ids bigint[]) returns void language sql as
$$
  with here as (
    delete from awaited_links a using record_links l
      where a.connection_id = of_connection and l.connection_id = a.connection_id and l.kind = a.kind
        and l.hubspot_id = a.hubspot_id and (ids is null or a.hubspot_id = any(ids) or a.by_hubspot_id = any(ids))
      returning a.by_kind, a.by_hubspot_id, a.workspace_id),
  asked as (
    insert into sync_requests as q (connection_id, kind, record_key, workspace_id, hubspot_id, from_hubspot)
      select distinct of_connection, by_kind, 'h' || by_hubspot_id, workspace_id, by_hubspot_id, true from here
      on conflict (connection_id, kind, record_key) do update
        set version = q.version + 1, from_hubspot = true, due_at = least(q.due_at, clock_timestamp()), attempts = 0,
          last_error = null, parked_at = null
      returning 1)
  select pg_notify('sync_requests', '') where exists (select 1 from asked)
$$;
revoke execute on function ask_for_awaited(uuid, bigint[]) from public;
grant execute on function ask_for_awaited(uuid, bigint[]) to hubspotsync_app;
