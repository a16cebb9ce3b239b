-- HubSpot takes texts of 65,536 characters in any field. An index takes a third of a page, and refuses the row, and with it ----
-- the page of records it is on. So names are sorted and compared by their beginning, and what is longer than any address or
-- domain can be is none.

alter table customers drop column email_key, drop column sort_name;
alter table customers
  add column email_key text generated always as (
    case when length(email) <= 320 then lower(btrim(email, E' \t\r\n\u00a0')) end) stored,
  add column sort_name text collate "und-x-icu" generated always as (
    lower(left(coalesce(last_name, first_name, email, company_name, ''), 200))) stored;
create unique index customers_email_key on customers (workspace_id, email_key) where archived_at is null;
create index customers_archived_email_idx on customers (workspace_id, email_key) where archived_at is not null;
create index customers_name_idx on customers (workspace_id, sort_name, id);
create index customers_stage_idx on customers (workspace_id, lifecycle_stage, sort_name, id);

drop index companies_name_idx;
alter table companies drop column domain_key, drop column name_key;
alter table companies
  add column domain_key text generated always as (
    case when length(domain) <= 320 then lower(btrim(domain, E' \t\r\n\u00a0')) end) stored,
  add column name_key text generated always as (lower(left(btrim(name, E' \t\r\n\u00a0'), 200))) stored,
  add column sort_name text collate "und-x-icu" generated always as (
    lower(left(coalesce(name, domain, ''), 200))) stored;
create index companies_domain_idx on companies (workspace_id, domain_key) where archived_at is null;
create index companies_archived_domain_idx on companies (workspace_id, domain_key) where archived_at is not null;
create index companies_name_key_idx on companies (workspace_id, name_key) where archived_at is null;
create unique index companies_text_key on companies (workspace_id, name_key) where source = 'contact' and archived_at is null;
create index companies_name_idx on companies (workspace_id, sort_name, id);
