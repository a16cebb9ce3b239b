-- Invitations leave by the outbox as well. Their link lets somebody in: it lies here encrypted, apart from the text, and only as
-- long as the mail may still leave. ------------------------------------------------------------------------------------------

alter table user_links add constraint user_links_workspace_key unique (id, workspace_id);

alter table outgoing_mails
  add column user_link_id uuid,
  add column secret text,
  drop constraint outgoing_mails_check,
  add constraint outgoing_mails_about_check check (num_nonnulls(invoice_id, proposal_id, user_link_id) = 1),
  add constraint outgoing_mails_secret_check check (secret is null or (user_link_id is not null and state = 'Waiting')),
  add constraint outgoing_mails_user_link_fkey foreign key (user_link_id, workspace_id)
    references user_links (id, workspace_id) on delete cascade;
create index outgoing_mails_user_link_idx on outgoing_mails (user_link_id) where user_link_id is not null;
