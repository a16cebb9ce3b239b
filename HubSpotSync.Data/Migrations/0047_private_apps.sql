-- An account may be connected by the token of a private app or a service key, which does not end and has limits of its own.

alter table hubspot_connections add column access text not null default 'OAuth' check (access in ('OAuth', 'Token'));
alter table hubspot_connections add column burst_limit integer; -- requests in ten seconds, as HubSpot said
alter table hubspot_connections add column daily_limit integer; -- requests a day; null: there is no end to it
