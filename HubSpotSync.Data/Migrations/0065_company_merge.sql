-- A record that a person merged into another one keeps its link where both had one, and HubSpot goes on to name it: the
-- company of a contact, a person of a deal. Here that is the one that stays, however often it was merged since.
create function company_that_stays(merged uuid) returns uuid language sql stable as
$$
  with recursive line as (
    select id, merged_into from companies where id = merged
    union -- which ends where a line leads back to itself
    select next.id, next.merged_into from line join companies next on next.id = line.merged_into)
  select coalesce((select id from line where merged_into is null), merged)
$$;

create function customer_that_stays(merged uuid) returns uuid language sql stable as
$$
  with recursive line as (
    select id, merged_into from customers where id = merged
    union
    select next.id, next.merged_into from line join customers next on next.id = line.merged_into)
  select coalesce((select id from line where merged_into is null), merged)
$$;
revoke execute on function company_that_stays(uuid), customer_that_stays(uuid) from public;
grant execute on function company_that_stays(uuid), customer_that_stays(uuid) to hubspotsync_app;

-- A contact whose text names a company that was merged belongs to the one that stays.
create index companies_merged_name_idx on companies (workspace_id, name_key) where merged_into is not null;
