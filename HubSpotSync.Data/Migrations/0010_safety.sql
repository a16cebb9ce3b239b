-- Work that would empty or detach more than its share stops before it writes, until a person says that it is meant. ------------

alter table hubspot_connections
  add column safety_halt text, -- what would have happened, for people
  add column safety_halted_at timestamptz,
  add column safety_open_until timestamptz; -- a person said: go ahead
