-- Invoices, payments and proposals: only here, never in HubSpot. -------------------------------------------------------------

-- The seller, as papers name it. A paper keeps a copy of its own when it is sent.
alter table workspaces
  add column legal_name text,
  add column address text,
  add column tax_id text,
  add column billing_email text,
  add column billing_phone text,
  add column payment_details text, -- where to pay, as it is printed
  add column payment_terms text,
  add column payment_days integer not null default 14 check (payment_days between 0 and 365),
  add column tax_rate numeric not null default 0 check (tax_rate between 0 and 100),
  add column invoice_prefix text not null default 'INV-' check (invoice_prefix !~ '[0-9]$'),
  add column proposal_prefix text not null default 'PRO-' check (proposal_prefix !~ '[0-9]$');

-- The last number given. It is raised in the transaction that sends the paper and its row stays locked until that ends:
-- a sending that fails gives its number back, so there are no gaps, which no Postgres sequence promises.
create table document_numbers (
  workspace_id uuid not null references workspaces,
  kind text not null check (kind in ('Invoice', 'Proposal')),
  last_number bigint not null check (last_number >= 0),
  primary key (workspace_id, kind)
);

create table proposals (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  state text not null default 'Draft' check (state in ('Draft', 'Sent', 'Accepted', 'Declined')),
  sequence bigint,
  number text,
  public_code text not null,
  customer_id uuid,
  company_id uuid,
  deal_id uuid,
  currency text not null,
  issued_on date not null,
  valid_until date,
  buyer_name text,
  buyer_address text,
  buyer_email text,
  buyer_tax_id text,
  seller jsonb,
  notes text,
  terms text,
  net numeric not null default 0,
  tax numeric not null default 0,
  total numeric not null default 0,
  answered_by text,
  answered_at timestamptz,
  answer_note text,
  sent_at timestamptz,
  created_by uuid references users on delete set null,
  created_at timestamptz not null default now(),
  updated_by uuid references users on delete set null,
  updated_at timestamptz not null default now(),
  constraint proposals_code_key unique (public_code),
  unique (id, workspace_id),
  check ((state = 'Draft') = (sequence is null)),
  check ((sequence is null) = (number is null)),
  foreign key (customer_id, workspace_id) references customers (id, workspace_id) on delete set null (customer_id),
  foreign key (company_id, workspace_id) references companies (id, workspace_id) on delete set null (company_id),
  foreign key (deal_id, workspace_id) references deals (id, workspace_id) on delete set null (deal_id)
);
create unique index proposals_sequence_key on proposals (workspace_id, sequence) where sequence is not null;
create unique index proposals_number_key on proposals (workspace_id, number) where number is not null;
create index proposals_list_idx on proposals (workspace_id, created_at desc, id);
create index proposals_customer_idx on proposals (customer_id) where customer_id is not null;
create index proposals_company_idx on proposals (company_id) where company_id is not null;
create index proposals_deal_idx on proposals (deal_id) where deal_id is not null;

create table invoices (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  state text not null default 'Draft' check (state in ('Draft', 'Sent', 'PartlyPaid', 'Paid', 'Void')),
  sequence bigint,
  number text,
  public_code text not null,
  customer_id uuid,
  company_id uuid,
  deal_id uuid,
  proposal_id uuid,
  confirmed_duplicate boolean not null default false, -- a person was told of the other invoice and wanted this one too
  deal_amount numeric, -- the deal as it was when a person last compared the invoice with it
  deal_currency text,
  deal_stage_id text,
  currency text not null,
  issued_on date not null,
  due_on date not null,
  buyer_name text,
  buyer_address text,
  buyer_email text,
  buyer_tax_id text,
  seller jsonb,
  notes text,
  terms text,
  net numeric not null default 0,
  tax numeric not null default 0,
  total numeric not null default 0,
  paid numeric not null default 0,
  void_reason text,
  sent_at timestamptz,
  created_by uuid references users on delete set null,
  created_at timestamptz not null default now(),
  updated_by uuid references users on delete set null,
  updated_at timestamptz not null default now(),
  constraint invoices_code_key unique (public_code),
  unique (id, workspace_id),
  check ((state = 'Draft') = (sequence is null)),
  check ((sequence is null) = (number is null)),
  check (paid between 0 and greatest(total, 0)),
  check (state <> 'Void' or paid = 0),
  foreign key (customer_id, workspace_id) references customers (id, workspace_id) on delete set null (customer_id),
  foreign key (company_id, workspace_id) references companies (id, workspace_id) on delete set null (company_id),
  foreign key (deal_id, workspace_id) references deals (id, workspace_id) on delete set null (deal_id),
  foreign key (proposal_id, workspace_id) references proposals (id, workspace_id) on delete set null (proposal_id)
);
create unique index invoices_sequence_key on invoices (workspace_id, sequence) where sequence is not null;
create unique index invoices_number_key on invoices (workspace_id, number) where number is not null;
-- One invoice a deal, and one a proposal, unless a person has said otherwise.
create unique index invoices_deal_key on invoices (workspace_id, deal_id)
  where deal_id is not null and state <> 'Void' and not confirmed_duplicate;
create unique index invoices_proposal_key on invoices (workspace_id, proposal_id)
  where proposal_id is not null and state <> 'Void' and not confirmed_duplicate;
create index invoices_list_idx on invoices (workspace_id, created_at desc, id);
create index invoices_due_idx on invoices (workspace_id, due_on) where state in ('Sent', 'PartlyPaid');
create index invoices_customer_idx on invoices (customer_id) where customer_id is not null;
create index invoices_company_idx on invoices (company_id) where company_id is not null;
create index invoices_deal_idx on invoices (deal_id) where deal_id is not null;

create table invoice_lines (
  invoice_id uuid not null,
  position integer not null,
  workspace_id uuid not null references workspaces,
  description text not null,
  quantity numeric not null,
  unit_price numeric not null,
  discount_percent numeric not null default 0,
  tax_rate numeric not null default 0,
  net numeric not null,
  primary key (invoice_id, position),
  foreign key (invoice_id, workspace_id) references invoices (id, workspace_id) on delete cascade
);

create table proposal_lines (
  proposal_id uuid not null,
  position integer not null,
  workspace_id uuid not null references workspaces,
  description text not null,
  quantity numeric not null,
  unit_price numeric not null,
  discount_percent numeric not null default 0,
  tax_rate numeric not null default 0,
  net numeric not null,
  primary key (proposal_id, position),
  foreign key (proposal_id, workspace_id) references proposals (id, workspace_id) on delete cascade
);

-- Written once: what was booked wrongly is given back by an entry of its own.
create table payments (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  invoice_id uuid not null,
  kind text not null check (kind in ('Payment', 'Refund')),
  amount numeric not null check (amount > 0),
  paid_on date not null,
  method text not null,
  reference text,
  refund_of uuid,
  recorded_by uuid references users on delete set null,
  recorded_at timestamptz not null default now(),
  unique (id, workspace_id),
  check ((kind = 'Refund') = (refund_of is not null)),
  foreign key (invoice_id, workspace_id) references invoices (id, workspace_id),
  foreign key (refund_of, workspace_id) references payments (id, workspace_id)
);
create index payments_invoice_idx on payments (invoice_id, recorded_at);
create index payments_list_idx on payments (workspace_id, paid_on desc, recorded_at desc);

-- What happened to a customer, a company, a deal or an invoice, for their timelines.
create table activities (
  id bigint generated always as identity primary key,
  workspace_id uuid not null references workspaces,
  customer_id uuid,
  company_id uuid,
  deal_id uuid,
  invoice_id uuid,
  proposal_id uuid,
  kind text not null,
  text text,
  params jsonb not null default '{}',
  by uuid references users on delete set null,
  at timestamptz not null default now(),
  foreign key (customer_id, workspace_id) references customers (id, workspace_id) on delete set null (customer_id),
  foreign key (company_id, workspace_id) references companies (id, workspace_id) on delete set null (company_id),
  foreign key (deal_id, workspace_id) references deals (id, workspace_id) on delete set null (deal_id),
  foreign key (invoice_id, workspace_id) references invoices (id, workspace_id) on delete set null (invoice_id),
  foreign key (proposal_id, workspace_id) references proposals (id, workspace_id) on delete set null (proposal_id)
);
create index activities_customer_idx on activities (customer_id, at desc) where customer_id is not null;
create index activities_company_idx on activities (company_id, at desc) where company_id is not null;
create index activities_deal_idx on activities (deal_id, at desc) where deal_id is not null;
create index activities_invoice_idx on activities (invoice_id, at desc) where invoice_id is not null;
create index activities_proposal_idx on activities (proposal_id, at desc) where proposal_id is not null;

-- Mail to send: written in the transaction that says it is sent, sent afterwards.
create table outgoing_mails (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  invoice_id uuid,
  proposal_id uuid,
  recipient text, -- gone when the person was erased
  subject text not null,
  body text not null,
  state text not null default 'Waiting' check (state in ('Waiting', 'Sent', 'Failed', 'Unknown')),
  due_at timestamptz not null default clock_timestamp(),
  attempts integer not null default 0,
  lease_owner text,
  lease_until timestamptz,
  handed_at timestamptz, -- given to the mail server; where no answer follows nobody knows whether it left
  sent_at timestamptz,
  last_error text,
  created_by uuid references users on delete set null,
  created_at timestamptz not null default now(),
  check ((invoice_id is null) <> (proposal_id is null)),
  foreign key (invoice_id, workspace_id) references invoices (id, workspace_id),
  foreign key (proposal_id, workspace_id) references proposals (id, workspace_id)
);
create index outgoing_mails_due_idx on outgoing_mails (due_at) where state = 'Waiting';
create index outgoing_mails_invoice_idx on outgoing_mails (invoice_id) where invoice_id is not null;
create index outgoing_mails_proposal_idx on outgoing_mails (proposal_id) where proposal_id is not null;

-- What a numbered paper says does not change any more, whoever writes. What hangs on it may: money, merged customers.
create function papers_stay_as_sent() returns trigger language plpgsql as $$
declare
  kept text[] := array['sequence', 'number', 'currency', 'issued_on', 'due_on', 'valid_until', 'buyer_name',
    'buyer_address', 'buyer_email', 'buyer_tax_id', 'seller', 'notes', 'terms', 'net', 'tax', 'total'];
  was jsonb := to_jsonb(old);
  now_is jsonb := case when tg_op = 'UPDATE' then to_jsonb(new) end;
  field text;
begin
  if old.state = 'Draft' then
    return case when tg_op = 'UPDATE' then new else old end;
  end if;
  if tg_op = 'DELETE' then
    raise exception 'a paper that was sent is not deleted' using errcode = 'insufficient_privilege';
  end if;
  if new.state = 'Draft' then
    raise exception 'a paper that was sent is no draft again' using errcode = 'insufficient_privilege';
  end if;
  foreach field in array kept loop
    if was -> field is distinct from now_is -> field then
      raise exception 'a paper that was sent keeps its %', field using errcode = 'insufficient_privilege';
    end if;
  end loop;
  return new;
end $$;
create trigger invoices_stay before update or delete on invoices
  for each row execute function papers_stay_as_sent();
create trigger proposals_stay before update or delete on proposals
  for each row execute function papers_stay_as_sent();

create function lines_stay_as_sent() returns trigger language plpgsql as $$
declare
  line jsonb := coalesce(to_jsonb(new), to_jsonb(old));
  is_sent boolean;
begin
  if tg_table_name = 'invoice_lines' then
    select state <> 'Draft' into is_sent from invoices where id = (line ->> 'invoice_id')::uuid;
  else
    select state <> 'Draft' into is_sent from proposals where id = (line ->> 'proposal_id')::uuid;
  end if;
  if is_sent then
    raise exception 'a paper that was sent keeps its lines' using errcode = 'insufficient_privilege';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger invoice_lines_stay before insert or update or delete on invoice_lines
  for each row execute function lines_stay_as_sent();
create trigger proposal_lines_stay before insert or update or delete on proposal_lines
  for each row execute function lines_stay_as_sent();

-- Deals that HubSpot merged may each have had their invoice. Both stay, and both know of the other.
create function invoices_follow_their_deal() returns trigger language plpgsql as $$
begin
  new.confirmed_duplicate := new.confirmed_duplicate or exists (
    select 1 from invoices i where i.workspace_id = new.workspace_id and i.deal_id = new.deal_id and i.id <> new.id
      and i.state <> 'Void' and not i.confirmed_duplicate);
  return new;
end $$;
create trigger invoices_deal_moved before update of deal_id on invoices
  for each row when (new.deal_id is distinct from old.deal_id) execute function invoices_follow_their_deal();

-- A person who is erased stays on the papers that were sent, which the law wants kept, and nowhere else.
create function billing_forgets_customer() returns trigger language plpgsql as $$
begin
  update invoices set buyer_name = null, buyer_address = null, buyer_email = null, buyer_tax_id = null
    where customer_id = new.id and state = 'Draft';
  update proposals set buyer_name = null, buyer_address = null, buyer_email = null, buyer_tax_id = null
    where customer_id = new.id and state = 'Draft';
  update proposals set answered_by = null, answer_note = null where customer_id = new.id;
  update outgoing_mails m set recipient = null, subject = '', body = '', last_error = null,
      state = case when m.state = 'Waiting' then 'Failed' else m.state end
    where m.invoice_id in (select id from invoices where customer_id = new.id)
      or m.proposal_id in (select id from proposals where customer_id = new.id);
  update activities set text = null, params = params - 'name' - 'note' where customer_id = new.id;
  return null;
end $$;
create trigger customers_erased after update of erased_at on customers
  for each row when (old.erased_at is null and new.erased_at is not null) execute function billing_forgets_customer();

-- Takes one mail that is due; at most one caller gets it.
create function claim_outgoing_mail(worker text, lease interval) returns table (workspace_id uuid, mail_id uuid)
  language sql volatile security definer set search_path = public, pg_temp as
$$
  update outgoing_mails m
    set lease_owner = worker, lease_until = clock_timestamp() + lease, attempts = m.attempts + 1
    where m.id = (
      select q.id from outgoing_mails q
        where q.state = 'Waiting' and q.due_at <= clock_timestamp()
          and (q.lease_until is null or q.lease_until < clock_timestamp())
        order by q.due_at
        for update skip locked
        limit 1)
    returning m.workspace_id, m.id
$$;

-- Who holds the code of a paper that was sent may see that paper. Drafts have no readers.
create function paper_of_code(code text) returns table (workspace_id uuid, invoice_id uuid, proposal_id uuid)
  language sql stable security definer set search_path = public, pg_temp as
$$
  select i.workspace_id, i.id, null::uuid from invoices i where i.public_code = code and i.state <> 'Draft'
  union all
  select p.workspace_id, null::uuid, p.id from proposals p where p.public_code = code and p.state <> 'Draft'
$$;

do $$
declare
  t text;
begin
  foreach t in array array['document_numbers', 'proposals', 'proposal_lines', 'invoices', 'invoice_lines', 'payments',
      'activities', 'outgoing_mails'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy schema_owner on %I to current_user using (true) with check (true)', t);
    execute format('create policy own_workspace on %I to hubspotsync_app
      using (workspace_id = app_workspace()) with check (workspace_id = app_workspace())', t);
    execute format('grant select, insert, update, delete on %I to hubspotsync_app', t);
  end loop;
end $$;
revoke update, delete on payments from hubspotsync_app;
revoke delete on activities, outgoing_mails, document_numbers from hubspotsync_app;
grant usage on sequence activities_id_seq to hubspotsync_app;
revoke execute on function papers_stay_as_sent(), lines_stay_as_sent(), invoices_follow_their_deal(),
  billing_forgets_customer(), claim_outgoing_mail(text, interval), paper_of_code(text) from public;
grant execute on function claim_outgoing_mail(text, interval), paper_of_code(text) to hubspotsync_app;
