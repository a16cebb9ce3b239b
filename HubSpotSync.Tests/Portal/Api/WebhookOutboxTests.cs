using HubSpotSync.Data.OutgoingWebhooks;
using HubSpotSync.Portal.OutgoingWebhooks;
using HubSpotSync.Portal.Words;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Hosting;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HubSpotSync.Tests.Portal.Api;

/// <summary>Whoever changes something: what is to be told is written with the change, or not at all.</summary>
public sealed class WebhookOutboxTests : IAsyncLifetime
{
    private const string Nowhere = "https://localhost.invalid/hook";

    private readonly ApiScene _scene = new();

    private PortalHost Portal => _scene.Portal;

    public async ValueTask InitializeAsync()
    {
        await _scene.InitializeAsync();
        await Portal.Database.ExecuteAsync("update webhook_deliveries set due_at = 'infinity'");
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Another_programs_sql_tells_which_fields_changed_and_no_values()
    {
        var (hook, _) = await Portal.AddWebhookAsync(Nowhere);
        var id = await Portal.AddCustomerAsync("Ada", "L", "ada.canary@example.com");

        await Portal.Database.ExecuteAsync(
            $$"""
            update customers set city = 'London', custom = '{"colour": "red"}' where id = '{{id}}';
            update customers set updated_at = now() where id = '{{id}}';
            update customers set archived_at = now() where id = '{{id}}';
            update customers set archived_at = null where id = '{{id}}';
            update customers set email = null, city = null, erased_at = now() where id = '{{id}}'
            """);

        Assert.Equal(
            [
                "customer.created", "customer.updated city,colour", "customer.archived archived_at",
                "customer.restored archived_at", "customer.erased city,email,erased_at",
            ],
            await Portal.ToldAsync(hook));
        Assert.Equal(0, await CountAsync("webhook_deliveries d where to_jsonb(d)::text ~ 'London|canary'"));
    }

    [Fact]
    public async Task What_the_sync_writes_is_told_as_well_and_a_page_at_once()
    {
        var (hook, _) = await Portal.AddWebhookAsync(Nowhere, "customer.created", "customer.updated");

        await Portal.Database.ExecuteAsync(
            $"""
            begin; select set_config('app.engine', 'on', true);
            insert into customers (id, workspace_id, first_name)
              select gen_random_uuid(), '{Portal.WorkspaceId}', 'Page ' || n from generate_series(1, 100) n;
            update customers set city = 'Rome' where first_name like 'Page %';
            commit
            """);

        Assert.Equal(
            [.. Enumerable.Repeat("customer.created", 100), .. Enumerable.Repeat("customer.updated city", 100)],
            await Portal.ToldAsync(hook));
    }

    [Theory]
    [InlineData("companies", "company", "domain = 'Engines.example'", "domain")]
    [InlineData("deals", "deal", "stage_id = 'won', stage_since = now(), previous_stage_id = 'new'", "stage_id")]
    public async Task Companies_and_deals_are_told_of_like_customers(
        string table, string word, string change, string changed)
    {
        var (hook, _) = await Portal.AddWebhookAsync(Nowhere);
        var (one, other) = (Guid.NewGuid(), Guid.NewGuid());

        await Portal.Database.ExecuteAsync(
            $$"""
            insert into {{table}} (id, workspace_id, name) values ('{{one}}', '{{Portal.WorkspaceId}}', 'Engines');
            update {{table}} set {{change}} where id = '{{one}}';
            update {{table}} set updated_at = now() where id = '{{one}}';
            update {{table}} set archived_at = now() where id = '{{one}}';
            update {{table}} set archived_at = null where id = '{{one}}';
            update {{table}} set archived_at = now(), merged_into = '{{other}}' where id = '{{one}}'
            """);

        Assert.Equal(
            [
                $"{word}.created", $"{word}.updated {changed}", $"{word}.archived archived_at",
                $"{word}.restored archived_at", $"{word}.merged archived_at,merged_into",
            ],
            await Portal.ToldAsync(hook));
    }

    [Fact]
    public async Task A_company_that_a_program_makes_and_changes_is_told_with_where_to_read_it()
    {
        var (hook, _) = await Portal.AddWebhookAsync(Nowhere, "company.created", "company.updated");
        var made = await _scene.CreateAsync("/api/companies", new { fields = new { name = "Engines" } });

        await ApiOperations.PatchAsync(_scene, made, new { fields = new { city = "London" } });

        Assert.Equal(["company.created", "company.updated city"], await Portal.ToldAsync(hook));
        var told = await Portal.QueryAsync((_, db) => db.WebhookDeliveries
            .FirstAsync(row => row.WebhookId == hook, TestContext.Current.CancellationToken));
        Assert.Equal(made.Location, WebhookMessage.PathOf(told));
        Assert.All(WebhookEvents.All, name => Assert.NotEqual(name, ApiWords.Event(name)));
    }

    [Fact]
    public async Task A_change_that_is_taken_back_is_told_to_nobody()
    {
        var (hook, _) = await Portal.AddWebhookAsync(Nowhere);
        await using var connection = new NpgsqlConnection(Portal.Database.OwnerConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);

        await connection.RunAsync("begin");
        await connection.RunAsync(
            $"insert into customers (id, workspace_id) values (gen_random_uuid(), '{Portal.WorkspaceId}')");
        await connection.RunAsync("rollback");

        Assert.Empty(await Portal.ToldAsync(hook));
    }

    [Fact]
    public async Task Only_who_asked_for_an_event_and_is_on_is_told_and_only_by_their_own_company()
    {
        var (all, _) = await Portal.AddWebhookAsync(Nowhere);
        var (paid, _) = await Portal.AddWebhookAsync(Nowhere, "invoice.paid");
        var (off, _) = await Portal.AddWebhookAsync(Nowhere);
        await Portal.Database.ExecuteAsync($"update outgoing_webhooks set state = 'Off' where id = '{off}'");

        await Portal.AddCustomerAsync("Ada", null, null);
        await Portal.AddCustomerAsync("Foreign", null, null, workspaceId: _scene.Elsewhere);

        Assert.Equal(["customer.created"], await Portal.ToldAsync(all));
        Assert.Empty(await Portal.ToldAsync(paid));
        Assert.Empty(await Portal.ToldAsync(off));
    }

    [Fact]
    public async Task An_invoice_is_told_of_from_its_draft_to_its_money()
    {
        var (hook, _) = await Portal.AddWebhookAsync(Nowhere);
        var draft = await _scene.InvoiceAsync();
        var changed = await ApiOperations.PatchAsync(_scene, draft, new { notes = "Thanks" });
        await _scene.Program.PostAsync($"{draft.Location}/send", new { }, changed.Seen());
        var invoice = ApiOperations.Id(draft);
        await _scene.Program.PostAsync("/api/payments", new { invoiceId = invoice, amount = 40 });
        await _scene.Program.PostAsync("/api/payments", new { invoiceId = invoice, amount = 60 });
        await _scene.Program.PostAsync("/api/payments", new { invoiceId = invoice, amount = 100, kind = "Refund" });
        await _scene.Program.PostAsync($"{draft.Location}/void", new { });
        var other = await _scene.InvoiceAsync();
        await _scene.Program.SendAsync(HttpMethod.Delete, other.Location!, null); // creating gave one

        var told = await Portal.ToldAsync(hook);

        Assert.Equal(
            [
                "invoice.created", "invoice.created", "invoice.deleted", "invoice.paid", "invoice.payment_recorded",
                "invoice.payment_recorded", "invoice.refunded", "invoice.sent", "invoice.updated", "invoice.voided",
            ],
            told.Select(one => one.Split(' ')[0]).Order(StringComparer.Ordinal));
        Assert.Contains("invoice.updated notes", told);
    }

    [Fact]
    public async Task Old_deliveries_are_forgotten()
    {
        var (hook, _) = await Portal.AddWebhookAsync(Nowhere);
        await Portal.AddCustomerAsync("Old", null, null);
        await Portal.Database.ExecuteAsync("update webhook_deliveries set occurred_at = now() - interval '31 days'");
        await Portal.AddCustomerAsync("New", null, null);

        await Portal.Database.ExecuteAsync("select forget_old_deliveries()");

        Assert.Single(await Portal.ToldAsync(hook));
    }

    private Task<long> CountAsync(string from) => Portal.Database.ScalarAsync<long>($"select count(*) from {from}");
}
