-- Companies are sorted by the same tags as customers, and many of them are changed at once.
create table company_tags (
  workspace_id uuid not null references workspaces,
  company_id uuid not null,
  tag_id uuid not null,
  primary key (company_id, tag_id),
  foreign key (company_id, workspace_id) references companies (id, workspace_id) on delete cascade,
  foreign key (tag_id, workspace_id) references tags (id, workspace_id) on delete cascade
);
create index company_tags_tag_idx on company_tags (tag_id, company_id);

alter table company_tags enable row level security;
alter table company_tags force row level security;
create policy schema_owner on company_tags to current_user using (true) with check (true);
create policy own_workspace on company_tags to hubspotsync_app
  using (workspace_id = (select app_workspace())) with check (workspace_id = (select app_workspace()));
grant select, insert, update, delete on company_tags to hubspotsync_app;

alter table bulk_jobs add column record_kind text not null default 'Contact' check (record_kind in ('Contact', 'Company'));
