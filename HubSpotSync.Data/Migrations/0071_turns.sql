-- Whose turn it is, without a look at all who wait. ----------------------------------------------------------------------

-- A claim read and sorted the whole queue: after an import of a hundred thousand rows that cost a thousand claims a
-- quarter of a second each. The queue is empty most of the time, and so it is in the statistics: without a word the
-- planner would sort it still.
create index sync_requests_turn_idx on sync_requests ((asked_by is null), due_at) where parked_at is null;
drop index sync_requests_due_idx;

create or replace function claim_sync_requests(worker text, lease interval, most integer)
  returns table (workspace_id uuid, connection_id uuid, epoch bigint, kind text, local_id uuid, hubspot_id bigint,
    from_hubspot boolean, is_erasure boolean, is_asked boolean, version bigint, attempts integer)
  language sql volatile security definer set search_path = public, pg_temp
  set enable_sort = off set enable_bitmapscan = off set enable_hashjoin = off as
$$
  with first as (
    select q.connection_id, q.kind from sync_requests q
      join hubspot_connections c on c.id = q.connection_id and c.state = 'Connected'
        and c.first_run_done_at is not null
      where q.parked_at is null and q.due_at <= now()
        and (q.lease_until is null or q.lease_until < clock_timestamp())
      order by q.asked_by is null, q.due_at
      limit 1),
  due as materialized (
    select d.connection_id, d.kind, d.record_key from first, lateral (
      select q.* from sync_requests q
        where q.connection_id = first.connection_id and q.kind = first.kind
          and q.parked_at is null and q.due_at <= now()
          and (q.lease_until is null or q.lease_until < clock_timestamp())
        order by q.asked_by is null, q.due_at
        for update skip locked
        limit most) d),
  taken as (
    update sync_requests q
      set lease_owner = worker, lease_until = clock_timestamp() + lease, attempts = q.attempts + 1
      from due where (q.connection_id, q.kind, q.record_key) = (due.connection_id, due.kind, due.record_key)
      returning q.*)
  select t.workspace_id, t.connection_id, c.epoch, t.kind, t.local_id, t.hubspot_id, t.from_hubspot,
      t.is_erasure, t.asked_by is not null, t.version, t.attempts
    from taken t join hubspot_connections c on c.id = t.connection_id
$$;

-- Receipts come in the order of their age and are only ever read by it to be thrown away.
drop index webhook_receipts_age_idx;
create index webhook_receipts_age_idx on webhook_receipts using brin (received_at);

-- A connection's workspace is there: the key of both says so, and each row was checked twice.
alter table record_links drop constraint record_links_workspace_id_fkey;
alter table record_outcomes drop constraint record_outcomes_workspace_id_fkey;
alter table sync_requests drop constraint sync_requests_workspace_id_fkey;
alter table sent_writes drop constraint sent_writes_workspace_id_fkey;
alter table webhook_receipts drop constraint webhook_receipts_workspace_id_fkey;
alter table deal_customers drop constraint deal_customers_workspace_id_fkey;
