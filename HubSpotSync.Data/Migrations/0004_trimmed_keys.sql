-- An address is found whatever blanks stand around it, as the engine compares it. ----------------------------------------------

alter table customers drop column email_key;
alter table customers add column email_key text generated always as (lower(btrim(email, E' \t\r\n\u00a0'))) stored;
create unique index customers_email_key on customers (workspace_id, email_key) where archived_at is null;
create index customers_archived_email_idx on customers (workspace_id, email_key) where archived_at is not null;

alter table companies drop column domain_key;
alter table companies add column domain_key text generated always as (lower(btrim(domain, E' \t\r\n\u00a0'))) stored;
create index companies_domain_idx on companies (workspace_id, domain_key) where archived_at is null;
create index companies_archived_domain_idx on companies (workspace_id, domain_key) where archived_at is not null;
