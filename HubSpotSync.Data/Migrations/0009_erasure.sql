-- A person whom HubSpot was told to forget is forgotten here too: every value goes, what happened to them stays as dates. -----

alter table customers add column erased_at timestamptz;

-- Keyed hashes of their addresses, so that nobody brings them back unknowingly. The key is not in the database.
create table erased_people (
  workspace_id uuid not null references workspaces,
  email_hash bytea not null,
  erased_at timestamptz not null default now(),
  primary key (workspace_id, email_hash)
);
alter table erased_people enable row level security;
alter table erased_people force row level security;
create policy schema_owner on erased_people to current_user using (true) with check (true);
create policy own_workspace on erased_people to hubspotsync_app
  using (workspace_id = app_workspace()) with check (workspace_id = app_workspace());
grant select, insert, update, delete on erased_people to hubspotsync_app;

-- The names of changed fields stay, their values do not.
create function without_values(fields jsonb) returns jsonb language sql immutable as
$$ select coalesce(jsonb_object_agg(key, '[null, null]'::jsonb), '{}') from jsonb_each(fields) $$;

-- As the owner, since history is written once and nobody else may touch it. Only in the caller's own workspace.
create function erase_customer(connection uuid, customer uuid, record bigint) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from customers where id = customer and workspace_id = app_workspace()) then
    return;
  end if;
  update customers set first_name = null, last_name = null, email = null, phone = null, mobile_phone = null,
      job_title = null, company_name = null, website = null, address = null, city = null, state = null,
      postal_code = null, country = null, lifecycle_stage = null, hubspot_owner_id = null, company_id = null,
      field_clock = '{}', updated_at = now(), archived_at = coalesce(archived_at, now()), erased_at = now()
    where id = customer;
  delete from record_links where connection_id = connection and kind = 'Contact'
    and (local_id = customer or hubspot_id = record);
  delete from sent_writes where local_id = customer;
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

drop function forget_old_receipts();
create function forget_old_notes() returns void
  language sql volatile security definer set search_path = public, pg_temp as
$$
  delete from webhook_receipts where received_at < now() - interval '3 days';
  delete from sent_writes where sent_at < now() - interval '7 days' and answered_at is null;
$$;
revoke execute on function without_values(jsonb), erase_customer(uuid, uuid, bigint), forget_old_notes() from public;
grant execute on function erase_customer(uuid, uuid, bigint), forget_old_notes() to hubspotsync_app;
