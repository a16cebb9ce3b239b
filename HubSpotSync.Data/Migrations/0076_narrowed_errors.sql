-- A record that makes an error of ours takes fewer and fewer others with it. ---------------------------------------------

-- How often a look at it ended with an error of ours since the last one that did not. Waiting for HubSpot, for the
-- database or for a person is none.
alter table sync_requests add column errors integer not null default 0;

drop function claim_sync_requests(text, interval, integer);

-- A hundred at once; after an error twenty, then four, then each alone, with others that had as many.
create function claim_sync_requests(worker text, lease interval, most integer)
  returns table (workspace_id uuid, connection_id uuid, epoch bigint, kind text, local_id uuid, hubspot_id bigint,
    from_hubspot boolean, is_erasure boolean, is_asked boolean, version bigint, attempts integer, errors integer)
  language sql volatile security definer set search_path = public, pg_temp
  set enable_sort = off set enable_bitmapscan = off set enable_hashjoin = off as
$$
  with first as (
    select q.connection_id, q.kind, q.errors from sync_requests q
      join hubspot_connections c on c.id = q.connection_id and c.state = 'Connected'
        and c.first_run_done_at is not null
      where q.parked_at is null and q.due_at <= now()
        and (q.lease_until is null or q.lease_until < clock_timestamp())
      order by q.asked_by is null, q.due_at
      limit 1),
  due as materialized (
    select d.connection_id, d.kind, d.record_key from first, lateral (
      select q.* from sync_requests q
        where q.connection_id = first.connection_id and q.kind = first.kind and q.errors = first.errors
          and q.parked_at is null and q.due_at <= now()
          and (q.lease_until is null or q.lease_until < clock_timestamp())
        order by q.asked_by is null, q.due_at
        for update skip locked
        limit greatest(most / (5 ^ least(first.errors, 9))::integer, 1)) d),
  taken as (
    update sync_requests q
      set lease_owner = worker, lease_until = clock_timestamp() + lease, attempts = q.attempts + 1
      from due where (q.connection_id, q.kind, q.record_key) = (due.connection_id, due.kind, due.record_key)
      returning q.*)
  select t.workspace_id, t.connection_id, c.epoch, t.kind, t.local_id, t.hubspot_id, t.from_hubspot,
      t.is_erasure, t.asked_by is not null, t.version, t.attempts, t.errors
    from taken t join hubspot_connections c on c.id = t.connection_id
$$;

create or replace function answer_sync_requests(of_connection uuid, of_kind text, worker text, keys text[],
    versions bigint[], out held integer, out waited jsonb)
  language plpgsql volatile set search_path = public, pg_temp set enable_seqscan = off as
$$
declare
  ours tid[] := hold_sync_requests(of_connection, of_kind, worker, keys);
begin
  held := coalesce(cardinality(ours), 0);
  with answered as (
    delete from sync_requests q
      where q.ctid = any(ours) and q.version = versions[array_position(keys, q.record_key)]
      returning extract(epoch from clock_timestamp() - q.requested_at) * 1000 as ms,
        case when q.asked_by is not null then 'Person' when q.local_id is null then 'Webhook' else 'Push' end as lane),
  lanes as (
    select lane, count(*) as records, sum(ms)::bigint as total_ms, max(ms)::bigint as longest_ms
      from answered group by lane)
  select jsonb_agg(l) into waited from lanes l;
  update sync_requests q
    set lease_owner = null, lease_until = null, attempts = 0, errors = 0, due_at = greatest(q.due_at, now())
    where q.ctid = any(ours);
end $$;

drop function return_sync_requests(uuid, text, text, text[], interval, text, boolean);

create function return_sync_requests(of_connection uuid, of_kind text, worker text, keys text[], due_in interval,
    reason text, is_error boolean, is_given_up boolean) returns void
  language plpgsql volatile set search_path = public, pg_temp set enable_seqscan = off as
$$
declare
  ours tid[] := hold_sync_requests(of_connection, of_kind, worker, keys);
begin
  update sync_requests q
    set lease_owner = null, lease_until = null, due_at = now() + due_in, last_error = reason,
      errors = q.errors + is_error::integer, parked_at = case when is_given_up then now() end
    where q.ctid = any(ours);
end $$;

revoke execute on function claim_sync_requests(text, interval, integer),
  return_sync_requests(uuid, text, text, text[], interval, text, boolean, boolean) from public;
grant execute on function claim_sync_requests(text, interval, integer),
  return_sync_requests(uuid, text, text, text[], interval, text, boolean, boolean) to hubspotsync_app;
