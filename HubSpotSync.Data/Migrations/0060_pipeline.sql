-- When a deal came to its stage, and from where: what the weekly review asks. HubSpot's calculated dates of entry don't
-- arrive, so a deal that came with its stage has none; only moves that were seen here are told.

alter table deals
  add column stage_since timestamptz,
  add column previous_stage_id text;

create function deals_stage_moved() returns trigger language plpgsql as $$
begin
  new.stage_since := now();
  -- the other pipeline's stages mean nothing in this one
  new.previous_stage_id := case when old.pipeline_id is not distinct from new.pipeline_id then old.stage_id end;
  return new;
end $$;
create trigger deals_stage_moved before update of pipeline_id, stage_id on deals
  for each row when (old.stage_id is distinct from new.stage_id or old.pipeline_id is distinct from new.pipeline_id)
  execute function deals_stage_moved();

drop index deals_stage_idx;
create index deals_stage_idx on deals (workspace_id, pipeline_id, stage_id, close_date);
create index deals_since_idx on deals (workspace_id, stage_since desc) where stage_since is not null;

revoke execute on function deals_stage_moved() from public;
