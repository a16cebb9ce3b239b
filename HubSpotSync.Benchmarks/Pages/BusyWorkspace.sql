-- A company that has worked with this for years, all of it known to HubSpot.
-- Placeholders in braces are replaced by the scenario.
set session_replication_role = replica; -- what happened is put in as it ended: no trigger has to follow it

insert into users (id, workspace_id, role, display_name, user_name, normalized_user_name, email, normalized_email,
    password_hash, security_stamp, concurrency_stamp)
  select gen_random_uuid(), id, 'Owner', 'Owner', '{mail}', upper('{mail}'), '{mail}', upper('{mail}'), '{hash}',
      gen_random_uuid()::text, gen_random_uuid()::text
    from workspaces;

insert into companies (id, workspace_id, name, domain, city, source)
  select gen_random_uuid(), w.id, 'Company ' || i, 'company-' || i || '.example', 'City ' || i % 300, 'hubspot'
    from workspaces w, generate_series(1, {customers} / 12) i;

create temporary table firms as select row_number() over (order by id) - 1 as at, id from companies;
create unique index on firms (at);

insert into customers (id, workspace_id, first_name, last_name, email, phone, job_title, company_name, city,
    lifecycle_stage, hubspot_owner_id, company_id, source, created_at)
  select gen_random_uuid(), w.id, (array['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara', 'Ken', 'Radia'])[1 + i % 7],
      'Family' || i % 9000, 'person' || i || '@mail-' || i % 500 || '.example', '+4930' || (1000000 + i), 'Buyer',
      'Company ' || i % ({customers} / 12), 'City ' || i % 300,
      (array['customer', 'subscriber', 'lead', 'opportunity'])[1 + i % 4], (1 + i % 20)::text, f.id,
      case i % 10 when 0 then 'local' else 'hubspot' end, now() - i * interval '4 minutes'
    from workspaces w, generate_series(1, {customers}) i
    join firms f on f.at = i % ({customers} / 12);

insert into hubspot_connections (id, workspace_id, hub_id, account_name, ui_domain, mode, state, currency,
    stage_options, stages_counted_at, count_requested_at, first_run_done_at, last_success_at)
  select gen_random_uuid(), id, 4711, 'Northwind', 'app.hubspot.com', 'TwoWay', 'Connected', 'EUR',
      '[{"value":"customer","label":"Customer","contacts":12},{"value":"lead","label":"Lead","contacts":30}]',
      now(), now() - interval '5 seconds', now() - interval '2 years', now() - interval '1 hour'
    from workspaces;
insert into owners (connection_id, id, workspace_id, first_name, last_name, email)
  select c.id, i::text, c.workspace_id, 'Owner', 'Number ' || i, 'owner' || i || '@own.example'
    from hubspot_connections c, generate_series(1, 20) i;
insert into pipelines (connection_id, id, workspace_id, label, display_order)
  select c.id, p, c.workspace_id, initcap(p), 0 from hubspot_connections c, unnest(array['sales', 'renewals']) p;
insert into stages (connection_id, pipeline_id, id, workspace_id, label, display_order, is_closed, probability)
  select c.id, p, s.id, c.workspace_id, initcap(s.id), s.at, s.closed, s.probability
    from hubspot_connections c, unnest(array['sales', 'renewals']) p,
      (values ('new', 0, false, 0.1), ('talk', 1, false, 0.3), ('offer', 2, false, 0.6), ('contract', 3, false, 0.9),
        ('won', 4, true, 1), ('lost', 5, true, 0)) s (id, at, closed, probability);

insert into deals (id, workspace_id, name, amount, currency, pipeline_id, stage_id, close_date, hubspot_owner_id,
    company_id, source, created_at)
  select gen_random_uuid(), w.id, 'Deal ' || i, 100 + i % 9000, case when i % 9 = 0 then 'USD' else 'EUR' end,
      case when i % 4 = 0 then 'renewals' else 'sales' end,
      (array['new', 'talk', 'offer', 'contract', 'won', 'won', 'won', 'lost', 'lost'])[1 + i % 9],
      now() + (i % 200 - 120) * interval '1 day', (1 + i % 20)::text, f.id, 'hubspot',
      now() - i % 700 * interval '1 day'
    from workspaces w, generate_series(1, {deals}) i
    join firms f on f.at = i * 7 % ({customers} / 12);

create temporary table people as
  select row_number() over (order by id) - 1 as at, id, company_id, email, first_name || ' ' || last_name as name
    from customers;
create unique index on people (at);
insert into deal_customers (workspace_id, deal_id, customer_id)
  select d.workspace_id, d.id, p.id
    from (select workspace_id, id, row_number() over () as at from deals) d
    join people p on p.at = d.at * 5 % {customers};

create temporary table sold as
  select row_number() over (order by id) as at, id from deals where stage_id = 'won' limit {deals} / 4;
insert into invoices (id, workspace_id, state, sequence, number, public_code, customer_id, company_id, deal_id,
    currency, issued_on, due_on, buyer_name, buyer_email, net, tax, total, paid, created_at, sent_at)
  select gen_random_uuid(), w.id, s.state, i, 'INV-' || lpad(i::text, 6, '0'), 'code-' || i || gen_random_uuid(),
      p.id, p.company_id, sold.id, 'EUR', current_date - i % 900, current_date - i % 900 + 14, p.name, p.email,
      100 + i % 5000, 19, 119 + i % 5000,
      case s.state when 'Paid' then 119 + i % 5000 when 'PartlyPaid' then 50 else 0 end,
      now() - i * interval '20 minutes', now() - i * interval '20 minutes'
    from workspaces w, generate_series(1, {invoices}) i
    cross join lateral (select (array['Paid', 'Paid', 'Paid', 'Paid', 'Paid', 'Paid', 'Paid', 'Sent', 'PartlyPaid',
      'Void'])[1 + i % 10] as state) s
    join people p on p.at = i * 3 % {customers}
    left join sold on sold.at = i;
insert into invoice_lines (invoice_id, position, workspace_id, description, quantity, unit_price, tax_rate, net)
  select id, at, workspace_id, 'Work of week ' || at, 1, net / 2, 19, net / 2 from invoices, generate_series(0, 1) at;
insert into payments (id, workspace_id, invoice_id, kind, amount, paid_on, method, recorded_at)
  select gen_random_uuid(), workspace_id, id, 'Payment', paid, issued_on + 9,
      case when sequence % 5 = 0 then 'Card' else 'Bank transfer' end, created_at
    from invoices where paid > 0;

-- One of fifty is only here; one of 300 was taken out by a person.
insert into record_links (connection_id, kind, hubspot_id, workspace_id, local_id, ancestor, set_apart_at)
  select c.id, r.kind, r.at, c.workspace_id, r.id, '{}',
      case when r.at % 300 = 7 and r.kind <> 'Deal' then now() end
    from hubspot_connections c, (select kind, id, row_number() over () as at
      from (select 'Contact' as kind, id from customers union all select 'Company', id from companies
        union all select 'Deal', id from deals) every) r
    where r.kind = 'Deal' or r.at % 50 <> 1;
insert into record_outcomes (connection_id, kind, record_key, workspace_id, local_id, hubspot_id, state, reason, at)
  select connection_id, kind, 'h' || hubspot_id, workspace_id, local_id, hubspot_id,
      case when hubspot_id % 50 = 0 then 'Failing' when hubspot_id % 12 = 0 then 'Excluded' else 'InSync' end,
      case when hubspot_id % 50 = 0 then 'RefusedByHubSpot' when hubspot_id % 12 = 0 then 'StageNotInScope'
        else 'Agreed' end, now() - hubspot_id * interval '1 minute'
    from record_links;
-- What was known of those that HubSpot has merged since.
insert into record_outcomes (connection_id, kind, record_key, workspace_id, local_id, hubspot_id, state, reason, at)
  select connection_id, kind, 'h' || 70000000 + hubspot_id, workspace_id, local_id, 70000000 + hubspot_id, 'InSync',
      'Agreed', at - interval '1 year'
    from record_outcomes where hubspot_id % 200 = 3;
-- A file was just brought in, HubSpot has told of some, and some looks were given up.
insert into sync_requests (connection_id, kind, record_key, workspace_id, local_id, hubspot_id, parked_at)
  select connection_id, kind, 'h' || hubspot_id, workspace_id, case when hubspot_id % 2 = 0 then local_id end,
      hubspot_id, case when hubspot_id % 500 = 9 then now() end
    from record_links where hubspot_id % 100 = 4 or hubspot_id % 500 = 9;
insert into import_candidates (connection_id, hubspot_id, workspace_id, fields, reason)
  select id, 90000000 + i, workspace_id, jsonb_build_object('first_name', 'N' || i, 'email', 'n' || i || '@new.example'),
      'WaitsForReview'
    from hubspot_connections, generate_series(1, {customers}) i;
insert into sync_runs (id, workspace_id, connection_id, trigger, state, step, requested_at, started_at, finished_at,
    total, processed, created, updated)
  select gen_random_uuid(), c.workspace_id, c.id, 'Schedule', 'Done', 'Contacts', now() - i * interval '12 hours',
      now() - i * interval '12 hours', now() - i * interval '12 hours' + interval '3 minutes', 1000, 1000, 5, 90
    from hubspot_connections c, generate_series(1, 1400) i;
insert into record_changes (workspace_id, connection_id, run_id, kind, local_id, hubspot_id, side, action, fields,
    cause, at)
  select l.workspace_id, l.connection_id, r.id, l.kind, l.local_id, l.hubspot_id, 'Local', 'Update',
      '{"city": ["Before", "After"]}', 'HubSpot''s value is newer or the only one',
      now() - l.hubspot_id * interval '4 minutes'
    from record_links l
    join (select id, row_number() over (order by requested_at) as at from sync_runs) r
      on r.at = 1 + l.hubspot_id % 1400
    cross join generate_series(1, 2);

set session_replication_role = default;
