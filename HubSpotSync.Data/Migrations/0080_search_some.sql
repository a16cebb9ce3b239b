-- The first that are found, by a plan made for this text: a look into the index where few have it, and a walk that ends
-- early where most do.
create function search_customers(wanted text, most integer) returns table (id uuid)
  language plpgsql stable security definer set search_path = public, pg_temp as
$$
begin
  return query execute
    'select c.id from customers c where c.workspace_id = $1 and c.search_text like $2 limit $3'
    using app_workspace(),
      '%' || replace(replace(replace(lower(wanted), '\', '\\'), '%', '\%'), '_', '\_') || '%',
      most;
end
$$;
revoke execute on function search_customers(text, integer) from public;
grant execute on function search_customers(text, integer) to hubspotsync_app;

create or replace function search_customers(wanted text) returns table (id uuid)
  language sql stable security definer set search_path = public, pg_temp as
$$ select id from search_customers(wanted, null) $$;
