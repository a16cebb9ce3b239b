-- The list of customers counts those that are active by stage, on each of its pages: of an index that knows only them
-- Postgres needs no row of the table. The others have customers_archived_idx.
drop index customers_stage_idx;
create index customers_stage_idx on customers (workspace_id, lifecycle_stage, sort_name, id) where archived_at is null;

-- Payments are found by their reference, and by their invoice's number and buyer; as papers are, see search_invoices.
create index payments_search_idx on payments using gin (lower(reference) gin_trgm_ops);

create function search_payments(wanted text) returns table (id uuid)
  language sql stable security definer set search_path = public, pg_temp as
$$
  with pattern as (
    select '%' || replace(replace(replace(lower(wanted), '\', '\\'), '%', '\%'), '_', '\_') || '%' as text)
  select p.id from payments p
    where p.workspace_id = app_workspace() and lower(p.reference) like (select text from pattern)
  union
  select p.id from payments p join invoices i on i.id = p.invoice_id
    where i.workspace_id = app_workspace() and i.search_text like (select text from pattern)
$$;
revoke execute on function search_payments(text) from public;
grant execute on function search_payments(text) to hubspotsync_app;
