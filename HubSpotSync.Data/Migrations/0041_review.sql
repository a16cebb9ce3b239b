-- Candidates by the hundred thousand: found by a part of a name, an address or a company, as customers are. -------------------

alter table import_candidates add column search_text text generated always as (lower(
  coalesce(fields ->> 'first_name', '') || ' ' || coalesce(fields ->> 'last_name', '') || ' '
    || coalesce(fields ->> 'email', '') || ' ' || coalesce(fields ->> 'company_name', ''))) stored;
create index import_candidates_search_idx on import_candidates using gin (search_text gin_trgm_ops);
create index import_candidates_chosen_idx on import_candidates (connection_id, choice) where choice is not null;

-- Through a function, since row-level security keeps the operator from using an index; see search_customers.
create function search_candidates(connection uuid, wanted text) returns table (hubspot_id bigint)
  language sql stable security definer set search_path = public, pg_temp as
$$
  select c.hubspot_id from import_candidates c
    where c.workspace_id = app_workspace() and c.connection_id = connection
      and c.search_text like '%' || replace(replace(replace(lower(wanted), '\', '\\'), '%', '\%'), '_', '\_') || '%'
$$;
revoke execute on function search_candidates(uuid, text) from public;
grant execute on function search_candidates(uuid, text) to hubspotsync_app;

-- What each filter of the review shows; inlined by the planner.
create function is_shown(show text, match_ids uuid[], choice text) returns boolean language sql immutable parallel safe as
$$
  select case show
    when 'new' then cardinality(match_ids) = 0
    when 'matched' then cardinality(match_ids) = 1
    when 'several' then cardinality(match_ids) > 1
    when 'open' then choice is null
    when 'chosen' then choice is not null
    else true end
$$;

-- Whether a choice can be carried out for a candidate: replacing needs somebody, and one of several has to be named.
create function goes_with(choice text, match_ids uuid[], named uuid) returns boolean language sql immutable parallel safe as
$$
  select case
    when choice is null or choice = 'Skip' then true
    when choice = 'Import' then cardinality(match_ids) < 2 or named = any(match_ids)
    when choice = 'Replace' then cardinality(match_ids) = 1 or named = any(match_ids)
    else cardinality(match_ids) > 0 end
$$;
revoke execute on function is_shown(text, uuid[], text), goes_with(text, uuid[], uuid) from public;
grant execute on function is_shown(text, uuid[], text), goes_with(text, uuid[], uuid) to hubspotsync_app;
