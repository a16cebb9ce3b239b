using System.Security.Cryptography;
using System.Text;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Api;

/// <summary>From the outbox to the program that is told, whatever that one answers.</summary>
public sealed class WebhookDeliveryTests : IAsyncLifetime
{
    private PortalHost _portal = null!; // set before each test
    private WebhookReceiver _receiver = null!; // likewise

    public async ValueTask InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync();
        _portal = await PortalHost.StartAsync(
            ("OutgoingWebhooks:AllowPrivateTargets", "true"), ("OutgoingWebhooks:Interval", "00:00:00.05"),
            ("OutgoingWebhooks:Patience", "00:00:02"), ("OutgoingWebhooks:Attempts", "3"));
        await _portal.AddUserOfEachRoleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_delivery_arrives_signed_and_says_where_to_look()
    {
        var (hook, secret) = await AddAsync("customer.created");
        var id = await _portal.AddCustomerAsync("Ada", "L", "ada.canary@example.com");

        await _portal.ArrivalAsync(hook);
        var call = Assert.Single(_receiver.Calls);
        var told = Assert.Single(call.Events);

        Assert.True(IsSigned(call, secret));
        Assert.False(IsSigned(call with { Body = [.. call.Body, (byte)' '] }, secret));
        Assert.Equal(("customer.created", $"/api/customers/{id}"), (
            told.GetProperty("type").GetString(), told.GetProperty("data").GetProperty("path").GetString()));
        Assert.Equal(call.Headers["webhook-id"], told.GetProperty("id").GetString());
        Assert.DoesNotContain("canary", Encoding.UTF8.GetString(call.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_arrive_is_tried_again_and_the_webhook_rests_meanwhile()
    {
        var (hook, _) = await AddAsync("customer.created");
        _receiver.Answer = _ => Task.FromResult(500);
        await _portal.AddCustomerAsync("First", null, null);
        var failed = await _portal.DeliveryAsync(
            hook, seen => seen.Contains("It answered 500", StringComparison.Ordinal), "its failure");
        await _portal.AddCustomerAsync("Second", null, null); // waits for the rest to end

        Assert.StartsWith("Waiting 1", failed, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync(
            "outgoing_webhooks where failures = 1 and failing_since is not null and resting_until > now()"));
        Assert.Equal(1, await CountAsync("webhook_deliveries where due_at > now() + interval '10 seconds'"));
        _receiver.Answer = _ => Task.FromResult(200);
        await _portal.MakeDueAsync();
        await Eventually.BeTrueAsync(
            async () => await CountAsync("webhook_deliveries where state = 'Delivered'") == 2,
            TimeSpan.FromSeconds(20), "both arrive");

        Assert.Equal(
            _receiver.Calls[0].Headers["webhook-id"],
            _receiver.Calls.Single(call => call != _receiver.Calls[0]
                && call.Headers["webhook-id"] == _receiver.Calls[0].Headers["webhook-id"]).Headers["webhook-id"]);
        Assert.Equal(1, await CountAsync("outgoing_webhooks where failures = 0 and failing_since is null"));
    }

    [Fact]
    public async Task It_ends_some_time_and_a_person_has_it_told_again()
    {
        var (hook, _) = await AddAsync("customer.created");
        _receiver.Answer = _ => Task.FromResult(503);
        await _portal.AddCustomerAsync("Ada", null, null);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await _portal.DeliveryAsync(
                hook, seen => seen.Contains($" {attempt} It answered 503", StringComparison.Ordinal), $"try {attempt}");
            await _portal.MakeDueAsync();
        }

        var admin = await _portal.AsAsync(WorkspaceRole.Admin);
        var page = await admin.GetAsync($"/settings/webhooks/{hook}");
        Assert.Contains("Given up", page.Words, StringComparison.Ordinal);
        Assert.Contains("It answered 503.", page.Words, StringComparison.Ordinal);
        _receiver.Answer = _ => Task.FromResult(204);
        await admin.SubmitAsync(page, "Tell again");

        Assert.StartsWith("Delivered 1", await _portal.ArrivalAsync(hook), StringComparison.Ordinal);
        Assert.Equal(4, _receiver.Calls.Count);
    }

    [Fact]
    public async Task Who_wants_nothing_any_more_is_switched_off_at_once()
    {
        var (hook, _) = await AddAsync("customer.created");
        _receiver.Answer = _ => Task.FromResult(410);

        await _portal.AddCustomerAsync("Ada", null, null);

        await SwitchedOffAsync(hook);
    }

    [Fact]
    public async Task After_days_of_failing_it_is_switched_off_and_says_so_until_a_person_helps()
    {
        var (hook, _) = await AddAsync("customer.created");
        await _portal.Database.ExecuteAsync("update outgoing_webhooks set failing_since = now() - interval '4 days'");
        _receiver.Answer = _ => Task.FromResult(500);

        await _portal.AddCustomerAsync("Ada", null, null);
        await SwitchedOffAsync(hook);
        var admin = await _portal.AsAsync(WorkspaceRole.Admin);
        Assert.Contains("1 webhook switched off", (await admin.GetAsync("/settings")).Words, StringComparison.Ordinal);
        Assert.Contains("webhook is switched off", (await admin.GetAsync("/")).Words, StringComparison.Ordinal);
        await _portal.AddCustomerAsync("Meanwhile", null, null);
        _receiver.Answer = _ => Task.FromResult(204);
        await _portal.MakeDueAsync();
        await admin.SubmitAsync(await admin.GetAsync($"/settings/webhooks/{hook}"), "Switch on");

        await _portal.ArrivalAsync(hook);
        Assert.Equal(["customer.created"], await _portal.ToldAsync(hook)); // what happened meanwhile is not told
    }

    [Fact]
    public async Task After_a_new_secret_both_sign_for_a_day()
    {
        var (hook, old) = await AddAsync("customer.created");
        var admin = await _portal.AsAsync(WorkspaceRole.Admin);
        var page = await admin.SubmitAsync(await admin.GetAsync($"/settings/webhooks/{hook}"), "New secret");
        var secret = page.Html.QuerySelector("code.password")!.TextContent; // the test fails without it
        _portal.Secrets.Add(secret);

        await _portal.AddCustomerAsync("Ada", null, null);
        await _portal.ArrivalAsync(hook);
        var call = Assert.Single(_receiver.Calls);
        await _portal.Database.ExecuteAsync("update outgoing_webhooks set previous_until = now()");
        await _portal.AddCustomerAsync("Eve", null, null);
        await Eventually.BeTrueAsync(
            () => Task.FromResult(_receiver.Calls.Count == 2), TimeSpan.FromSeconds(20), "the second one");

        Assert.True(IsSigned(call, old) && IsSigned(call, secret));
        Assert.True(IsSigned(_receiver.Calls[1], secret));
        Assert.False(IsSigned(_receiver.Calls[1], old));
    }

    [Fact]
    public async Task One_that_is_slow_holds_up_nobody_else_and_is_not_flooded()
    {
        await using var quick = await WebhookReceiver.StartAsync();
        var hang = new TaskCompletionSource<int>();
        _receiver.Answer = _ => hang.Task;
        await AddAsync("customer.created");
        var (other, _) = await _portal.AddWebhookAsync(quick.Target, "customer.created");
        for (var i = 0; i < 12; i++)
        {
            await _portal.AddCustomerAsync($"Customer {i}", null, null);
        }

        await Eventually.BeTrueAsync(
            async () => await CountAsync(
                $"webhook_deliveries where webhook_id = '{other}' and state = 'Delivered'") == 12,
            TimeSpan.FromSeconds(20), "the quick one hears of all");

        Assert.InRange(_receiver.MostAtOnce, 1, 4);
        hang.SetResult(204);
    }

    private Task<(Guid Id, string Secret)> AddAsync(params string[] events) =>
        _portal.AddWebhookAsync(_receiver.Target, events);

    private async Task SwitchedOffAsync(Guid hook)
    {
        await Eventually.SeeAsync(
            () => _portal.StateAsync(hook), state => state == "Failed", TimeSpan.FromSeconds(20), "it is switched off");
        Assert.Equal(1, await CountAsync($"audit_log where action = 'webhook.switched_off' and subject = '{hook}'"));
    }

    private static bool IsSigned(ReceivedCall call, string secret)
    {
        var signed = Encoding.UTF8.GetBytes($"{call.Headers["webhook-id"]}.{call.Headers["webhook-timestamp"]}.");
        byte[] content = [.. signed, .. call.Body];
        var wanted = HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), content);
        return call.Headers["webhook-signature"].Split(' ').Contains($"v1,{Convert.ToBase64String(wanted)}");
    }

    private Task<long> CountAsync(string from) => _portal.Database.ScalarAsync<long>($"select count(*) from {from}");
}
