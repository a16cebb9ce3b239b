-- Requests are found by their keys, whatever Postgres takes the queue for. -----------------------------------------------

-- The queue is empty most of the time, and so it is in the statistics: each of ten thousand that waited was held against
-- each of a page, with the page's rows locked and the webhooks behind them. Beside a queue that it takes for short, a
-- hundred rows one by one look dear to Postgres, by their place as by their key, so it may not go through the queue.

-- Those that a worker has still, held in the order in which others hold them, who tell of the same records just now.
create function hold_sync_requests(of_connection uuid, of_kind text, worker text, keys text[]) returns tid[]
  language plpgsql volatile set search_path = public, pg_temp set enable_seqscan = off as
$$
begin
  return (select array_agg(held.ctid)
    from (select k.record_key from unnest(keys) as k(record_key) order by k.record_key) k, lateral (
      select q.ctid from sync_requests q
        where q.connection_id = of_connection and q.kind = of_kind and q.record_key = k.record_key
          and q.lease_owner = worker
        for update) held);
end $$;

-- They end, but for those that somebody has told of again since they were taken: those are due once more.
create function answer_sync_requests(of_connection uuid, of_kind text, worker text, keys text[], versions bigint[],
    out held integer, out waited jsonb)
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
    set lease_owner = null, lease_until = null, attempts = 0, due_at = greatest(q.due_at, now())
    where q.ctid = any(ours);
end $$;

-- They are given back, due again after a time, or given up until the record is changed again.
create function return_sync_requests(of_connection uuid, of_kind text, worker text, keys text[], due_in interval,
    reason text, is_given_up boolean) returns void
  language plpgsql volatile set search_path = public, pg_temp set enable_seqscan = off as
$$
declare
  ours tid[] := hold_sync_requests(of_connection, of_kind, worker, keys);
begin
  update sync_requests q
    set lease_owner = null, lease_until = null, due_at = now() + due_in, last_error = reason,
      parked_at = case when is_given_up then now() end
    where q.ctid = any(ours);
end $$;

-- They are given back so that others can join them; that was no attempt.
create function gather_sync_requests(of_connection uuid, of_kind text, worker text, keys text[], due_in interval)
  returns void
  language plpgsql volatile set search_path = public, pg_temp set enable_seqscan = off as
$$
declare
  ours tid[] := hold_sync_requests(of_connection, of_kind, worker, keys);
begin
  update sync_requests q
    set lease_owner = null, lease_until = null, due_at = now() + due_in, attempts = q.attempts - 1
    where q.ctid = any(ours);
end $$;

-- They are kept. One that somebody is just changing is left for the next time: to wait for it could end in a deadlock,
-- and nobody claims it meanwhile.
create function renew_sync_requests(of_connection uuid, of_kind text, worker text, keys text[], lease interval)
  returns void
  language plpgsql volatile set search_path = public, pg_temp set enable_seqscan = off as
$$
declare
  ours tid[] := (select array_agg(held.ctid) from unnest(keys) as k(record_key), lateral (
    select q.ctid from sync_requests q
      where q.connection_id = of_connection and q.kind = of_kind and q.record_key = k.record_key
        and q.lease_owner = worker
      for update skip locked) held);
begin
  update sync_requests q set lease_until = clock_timestamp() + lease where q.ctid = any(ours);
end $$;

revoke execute on function hold_sync_requests(uuid, text, text, text[]),
  answer_sync_requests(uuid, text, text, text[], bigint[]),
  return_sync_requests(uuid, text, text, text[], interval, text, boolean),
  gather_sync_requests(uuid, text, text, text[], interval),
  renew_sync_requests(uuid, text, text, text[], interval) from public;
grant execute on function hold_sync_requests(uuid, text, text, text[]),
  answer_sync_requests(uuid, text, text, text[], bigint[]),
  return_sync_requests(uuid, text, text, text[], interval, text, boolean),
  gather_sync_requests(uuid, text, text, text[], interval),
  renew_sync_requests(uuid, text, text, text[], interval) to hubspotsync_app;

-- A receipt is written by who found the connection just before, in the statement that asks for the looks. To check its
-- key a hundred times a call took a tenth of the call; one that outlives its connection goes with its age.
alter table webhook_receipts drop constraint webhook_receipts_connection_id_workspace_id_fkey;
