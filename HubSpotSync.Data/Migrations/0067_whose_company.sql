-- Whose word it is that a customer belongs to a company, or to none: HubSpot's association, the text in the contact, or a
-- person here. HubSpot's comes first; what a person said stands until HubSpot says something; null: nobody has said.
alter table customers add column company_by text check (company_by in ('hubspot', 'text', 'person'));

-- As before; whose word it is, is no field of a customer.
create or replace function changed_fields(was jsonb, now_is jsonb) returns text[]
  language sql immutable set search_path = public, pg_temp as
$$
  select coalesce(array_agg(name order by name), '{}') from (
    select n.key as name from jsonb_each(now_is) n
      where n.value is distinct from was -> n.key and n.key not in ('id', 'workspace_id', 'custom', 'field_clock', 'created_at',
        'updated_at', 'updated_by', 'email_key', 'sort_name', 'search_text', 'sequence', 'public_code', 'seller', 'company_by')
    union
    select coalesce(a.key, b.key) from jsonb_each(coalesce(was -> 'custom', '{}')) a
      full join jsonb_each(coalesce(now_is -> 'custom', '{}')) b on a.key = b.key
      where a.value is distinct from b.value) names
$$;

-- What is known of those who are here; the next look at a contact corrects it.
select set_config('app.engine', 'on', true);
update customers c set company_by = case
    when exists (select from record_links p
      join record_links o on o.connection_id = p.connection_id and o.kind = 'Company' and o.local_id = c.company_id
      where p.kind = 'Contact' and p.local_id = c.id) then 'hubspot'
    when exists (select from companies o where o.id = c.company_id and o.source = 'local') then 'person'
    else 'text' end
  where c.company_id is not null;
select set_config('app.engine', '', true);

-- Kept by the database, so that every way of writing counts, as with the field clock.
create function customers_keep_company_by() returns trigger language plpgsql as $$
begin
  if coalesce(current_setting('app.engine', true), '') = 'on' then
    return new;
  end if;
  if tg_op = 'INSERT' then
    new.company_by := case when new.company_id is not null then 'person' end;
  elsif new.company_id is distinct from old.company_id
      -- one that was merged is the other now, whoever had named it
      and not exists (select from companies m where m.id = old.company_id and m.merged_into = new.company_id) then
    new.company_by := 'person';
  end if;
  return new;
end $$;
create trigger customers_company_by before insert or update of company_id on customers
  for each row execute function customers_keep_company_by();
revoke execute on function customers_keep_company_by() from public;
