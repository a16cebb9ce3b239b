-- The list of customers counts those that are active by stage, on each of its pages: of an index that knows only them
-- Postgres needs no row of the table. The others have customers_archived_idx.
drop index customers_stage_idx;
create index customers_stage_idx on customers (workspace_id, lifecycle_stage, sort_name, id) where archived_at is null;
