using HubSpotSync.Tests.Infrastructure;

namespace HubSpotSync.Tests.Data;

/// <summary>Two workspaces with rows in every tenant table.</summary>
internal sealed class TwoTenants : IAsyncDisposable
{
    private TwoTenants(CrmHost host, Guid other) => (Host, Other) = (host, other);

    public CrmHost Host { get; }

    public Guid Own => Host.WorkspaceId;

    public Guid Other { get; }

    public static async Task<TwoTenants> StartAsync()
    {
        var host = await CrmHost.StartAsync();
        var tenants = new TwoTenants(host, await host.AddWorkspaceAsync());
        await FillAsync(host.Database, tenants.Own, 1001);
        await FillAsync(host.Database, tenants.Other, 2002);
        return tenants;
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    // The same in both, apart from ids: what one tenant has can't be told from what the other has by its values.
    public static Task FillAsync(TestDatabase database, Guid workspace, int hub)
    {
        var (user, company, customer, deal, connection, run) =
            (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var (invoice, proposal, other) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var (key, webhook) = (Guid.NewGuid(), Guid.NewGuid());
        return database.ExecuteAsync(
            $"""
            insert into users (id, workspace_id, role, display_name,
                user_name, normalized_user_name, email, normalized_email)
              values ('{user}', '{workspace}', 'Owner', 'Somebody',
                'u{hub}@x.example', 'U{hub}@X.EXAMPLE', 'u{hub}@x.example', 'U{hub}@X.EXAMPLE');
            insert into user_claims (user_id, claim_type, claim_value) values ('{user}', 'type', 'value');
            insert into user_logins values ('provider', 'key{hub}', 'name', '{user}');
            insert into user_tokens values ('{user}', 'provider', 'name', 'value');
            insert into companies (id, workspace_id, name, domain)
              values ('{company}', '{workspace}', 'Acme', 'acme.example');
            insert into customers (id, workspace_id, email, company_id)
              values ('{customer}', '{workspace}', 'c@x.example', '{company}');
            insert into deals (id, workspace_id, name, company_id)
              values ('{deal}', '{workspace}', 'Deal', '{company}');
            insert into deal_customers values ('{workspace}', '{deal}', '{customer}');
            insert into hubspot_connections (id, workspace_id, hub_id, account_name, ui_domain, mode, state,
                connected_by)
              values ('{connection}', '{workspace}', {hub}, 'Acme', 'app.hubspot.com', 'TwoWay', 'Connected', '{user}');
            insert into owners (connection_id, id, workspace_id) values ('{connection}', '1', '{workspace}');
            insert into pipelines values ('{connection}', 'default', '{workspace}', 'Sales', 0);
            insert into stages values ('{connection}', 'default', 'open', '{workspace}', 'Open', 0, false, 0.1);
            insert into record_links (connection_id, kind, hubspot_id, workspace_id, local_id, ancestor)
              values ('{connection}', 'Contact', {hub}, '{workspace}', '{customer}', '{"{}"}');
            insert into sync_runs (id, workspace_id, connection_id, trigger, state)
              values ('{run}', '{workspace}', '{connection}', 'Initial', 'Done');
            insert into run_failures (run_id, kind, record_key, workspace_id, reason)
              values ('{run}', 'Contact', 'h1', '{workspace}', 'SeveralMatches');
            insert into hubspot_usage values ('{connection}', '2026-01-01', 'Push', '{workspace}', 1, 0, 0);
            insert into hubspot_day_limits values ('{connection}', '{workspace}', 1, 1, '2026-01-01');
            insert into pending_grants values (gen_random_uuid(), '{workspace}', '{user}', '{connection}', '', '',
              '2026-01-01', '2026-01-02');
            insert into sync_waits values ('{connection}', '2026-01-01', 'Push', '{workspace}', 1, 1, 1);
            insert into run_checkpoints (run_id, step, workspace_id) values ('{run}', 'Owners', '{workspace}');
            insert into record_outcomes (connection_id, kind, record_key, workspace_id, state, reason)
              values ('{connection}', 'Contact', 'h{hub}', '{workspace}', 'InSync', 'Agreed');
            insert into record_changes (workspace_id, connection_id, kind, side, action, fields, cause)
              values ('{workspace}', '{connection}', 'Contact', 'Local', 'Create', '{"{}"}', 'cause');
            insert into field_conflicts (workspace_id, connection_id, kind, local_id, hubspot_id, field, rule, winner)
              values ('{workspace}', '{connection}', 'Contact', '{customer}', {hub}, 'city', 'Newest', 'Local');
            insert into sync_requests (connection_id, kind, record_key, workspace_id, local_id, hubspot_id)
              values ('{connection}', 'Contact', 'h{hub}', '{workspace}', '{customer}', {hub});
            insert into link_aliases (connection_id, kind, alias_id, workspace_id, hubspot_id)
              values ('{connection}', 'Contact', {hub + 1}, '{workspace}', {hub});
            insert into webhook_receipts (connection_id, receipt_key, workspace_id)
              values ('{connection}', 'key', '{workspace}');
            insert into sent_writes (id, connection_id, kind, workspace_id, local_id, fields)
              values (gen_random_uuid(), '{connection}', 'Contact', '{workspace}', '{customer}', '{"{}"}');
            insert into erased_people (workspace_id, email_hash) values ('{workspace}', '');
            insert into hubspot_lists (connection_id, list_id, workspace_id, name, size)
              values ('{connection}', 1, '{workspace}', 'List', 1);
            insert into list_members (connection_id, list_id, hubspot_id, workspace_id)
              values ('{connection}', 1, {hub}, '{workspace}');
            insert into import_candidates (connection_id, hubspot_id, workspace_id, fields, reason)
              values ('{connection}', {hub}, '{workspace}', '{"{}"}', 'WaitsForReview');
            insert into import_decisions (connection_id, hubspot_id, workspace_id, answer)
              values ('{connection}', {hub}, '{workspace}', 'Skip');
            insert into hubspot_structure (connection_id, workspace_id) values ('{connection}', '{workspace}');
            insert into customers (id, workspace_id) values ('{other}', '{workspace}');
            insert into duplicate_pairs (workspace_id, low_id, high_id, reason)
              values ('{workspace}', least('{customer}'::uuid, '{other}'), greatest('{customer}'::uuid, '{other}'),
                'Name');
            insert into duplicate_searches values ('{workspace}', now());
            insert into open_conflicts (connection_id, kind, local_id, field, workspace_id, hubspot_id)
              values ('{connection}', 'Contact', '{customer}', 'city', '{workspace}', {hub});
            insert into awaited_links values ('{connection}', 'Contact', {hub}, 'Deal', {hub}, '{workspace}');
            insert into audit_log (workspace_id, action) values ('{workspace}', 'test.done');
            insert into api_keys (id, workspace_id, name, hint, key_hash, scopes, created_by)
              values ('{key}', '{workspace}', 'Shop', 'abcd', decode(md5('{hub}'), 'hex'), '{"{crm.read}"}', '{user}');
            insert into api_answers (key_id, idempotency_key, workspace_id, request_hash, status)
              values ('{key}', 'once', '{workspace}', '', 204);
            insert into outgoing_webhooks (id, workspace_id, url, events, secret)
              values ('{webhook}', '{workspace}', 'https://example.com/', array['invoice.paid'], '');
            insert into webhook_deliveries (id, workspace_id, webhook_id, event_id, type, due_at)
              values (gen_random_uuid(), '{workspace}', '{webhook}', gen_random_uuid(), 'invoice.paid', 'infinity');
            insert into document_numbers values ('{workspace}', 'Invoice', 1);
            insert into proposals (id, workspace_id, public_code, currency, issued_on)
              values ('{proposal}', '{workspace}', 'p{hub}', 'EUR', '2026-01-01');
            insert into proposal_lines (proposal_id, position, workspace_id, description, quantity, unit_price, net)
              values ('{proposal}', 0, '{workspace}', 'Line', 1, 1, 1);
            insert into invoices (id, workspace_id, public_code, currency, issued_on, due_on, customer_id, deal_id)
              values ('{invoice}', '{workspace}', 'i{hub}', 'EUR', '2026-01-01', '2026-01-15', '{customer}', '{deal}');
            insert into invoice_lines (invoice_id, position, workspace_id, description, quantity, unit_price, net)
              values ('{invoice}', 0, '{workspace}', 'Line', 1, 1, 1);
            update invoices set state = 'Sent', sequence = 1, number = 'INV-0001' where id = '{invoice}';
            insert into payments (id, workspace_id, invoice_id, kind, amount, paid_on, method)
              values (gen_random_uuid(), '{workspace}', '{invoice}', 'Payment', 1, '2026-01-02', 'Cash');
            insert into activities (workspace_id, customer_id, invoice_id, kind)
              values ('{workspace}', '{customer}', '{invoice}', 'invoice.sent');
            insert into outgoing_mails (id, workspace_id, invoice_id, recipient, subject, body)
              values (gen_random_uuid(), '{workspace}', '{invoice}', 'c@x.example', 'Subject', 'Body');
            """
            + CrmWork(workspace, customer, user));
    }

    private static string CrmWork(Guid workspace, Guid customer, Guid user)
    {
        var (tag, import) = (Guid.NewGuid(), Guid.NewGuid());
        return $"""

            insert into notes (id, workspace_id, customer_id, text)
              values (gen_random_uuid(), '{workspace}', '{customer}', 'Note');
            insert into tags (id, workspace_id, name) values ('{tag}', '{workspace}', 'Tag');
            insert into customer_tags values ('{workspace}', '{customer}', '{tag}');
            insert into company_tags select workspace_id, id, '{tag}' from companies where workspace_id = '{workspace}';
            insert into saved_views (id, workspace_id, user_id, name, query)
              values (gen_random_uuid(), '{workspace}', '{user}', 'View', 'stage=lead');
            insert into csv_imports (id, workspace_id, file_name, headers, row_count)
              values ('{import}', '{workspace}', 'file.csv', array['E-mail'], 1);
            insert into csv_imports (id, workspace_id, kind, file_name, headers, row_count)
              values ('{tag}', '{workspace}', 'Company', 'companies.csv', array['Name'], 1);
            insert into csv_import_rows (import_id, line, workspace_id, cells)
              values ('{import}', 1, '{workspace}', array['c@x.example']);
            insert into bulk_jobs (id, workspace_id, kind, choice, import_id, due_at)
              values (gen_random_uuid(), '{workspace}', 'Import', '{"{}"}', '{import}', 'infinity');
            insert into bulk_jobs (id, workspace_id, kind, record_kind, choice, due_at)
              values (gen_random_uuid(), '{workspace}', 'Tag', 'Company', '{"{}"}', 'infinity');
            insert into user_sessions (id, workspace_id, user_id, started_at, seen_at, browser)
              values (gen_random_uuid(), '{workspace}', '{user}', '2026-01-01', '2026-01-01', 'Firefox');
            insert into user_links (id, workspace_id, kind, code_hash, user_id, created_at, expires_at)
              values ('{tag}', '{workspace}', 'NewPassword', decode(md5('{tag}'), 'hex'), '{user}',
                '2026-01-01', '2026-01-02');
            """;
    }
}
