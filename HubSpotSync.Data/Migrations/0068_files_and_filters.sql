-- A file may be one of companies.
alter table csv_imports add column kind text not null default 'Contact' check (kind in ('Contact', 'Company'));

-- Whom a person took out of the sync: few among many, and lists ask for them.
create index record_links_apart_idx on record_links (connection_id, kind, local_id) where set_apart_at is not null;
