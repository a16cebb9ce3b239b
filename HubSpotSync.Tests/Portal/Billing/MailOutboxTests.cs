using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Billing;

/// <summary>The way of an e-mail from the outbox to a relay: once, whatever the relay does.</summary>
public sealed class MailOutboxTests : IAsyncLifetime
{
    private readonly SmtpRelay _relay = new();
    private PortalHost _portal = null!; // set before each test
    private PageClient _member = null!; // likewise
    private Guid _invoice;

    private string Page => $"/invoices/{_invoice}";

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.StartAsync(
            ("Mail:Host", "127.0.0.1"), ("Mail:Port", $"{_relay.Port}"), ("Mail:UseTls", "false"),
            ("Mail:From", "billing@harbour.example"), ("Mail:Interval", "00:00:00.200"), ("Mail:Attempts", "3"));
        await _portal.AddUserOfEachRoleAsync();
        _member = await _portal.AsAsync(WorkspaceRole.Member);
        _invoice = await _portal.AddInvoiceAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _relay.DisposeAsync();
    }

    [Fact]
    public async Task A_relay_that_takes_it_gets_it_once()
    {
        await SendAsync();

        await _portal.WaitForMailAsync(_member, Page, "Given to the mail server");
        var message = Assert.Single(_relay.Taken);
        Assert.Contains("INV-0001", message, StringComparison.Ordinal);
        Assert.Contains("application/pdf", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recipient_refused_for_good_is_told_and_not_tried_again()
    {
        _relay.ToRecipient = "550 nobody here";

        await SendAsync();

        var page = await _portal.WaitForMailAsync(_member, Page, "The mail server refused it with code 550.");
        Assert.Contains("Correct the address", page.Words, StringComparison.Ordinal);
        Assert.Equal(1, _relay.Visits);
        Assert.Equal(["Failed|1"], await StatesAsync());
    }

    [Fact]
    public async Task A_relay_that_asks_to_wait_is_tried_again_later_and_given_up_in_the_end()
    {
        _relay.ToRecipient = "451 come back later";
        await SendAsync();
        await _portal.WaitForMailAsync(_member, Page, "Waits to be tried again");
        Assert.Equal(["Waiting|1"], await StatesAsync());
        Assert.InRange(
            await _portal.Database.ScalarAsync<double>(
                "select extract(epoch from due_at - clock_timestamp())::float8 from outgoing_mails"),
            20,
            60);

        await _portal.Database.ExecuteAsync("update outgoing_mails set due_at = clock_timestamp()");
        await Eventually.SeeAsync(StateAsync, seen => seen == "Waiting|2", TimeSpan.FromSeconds(20), "a second try");
        await _portal.Database.ExecuteAsync("update outgoing_mails set due_at = clock_timestamp()");
        await Eventually.SeeAsync(StateAsync, seen => seen == "Failed|3", TimeSpan.FromSeconds(20), "giving up");

        _relay.ToRecipient = "250 OK";
        await SendAsync("Send"); // a person sends it again
        await Eventually.BeTrueAsync(
            () => Task.FromResult(_relay.Taken.Count == 1), TimeSpan.FromSeconds(20), "the mail of the second wish");
    }

    [Fact]
    public async Task Where_nobody_knows_whether_it_left_it_is_not_sent_again_by_itself()
    {
        _relay.HangsUpAfterTaking = true;

        await SendAsync();

        var page = await _portal.WaitForMailAsync(_member, Page, "May have been sent");
        Assert.Contains("Ask the buyer before you send it again", page.Words, StringComparison.Ordinal);
        await _portal.Database.ExecuteAsync("update outgoing_mails set due_at = clock_timestamp()");
        Assert.Single(_relay.Taken);
    }

    [Fact]
    public async Task A_portal_that_died_after_handing_it_over_leaves_it_for_a_person_to_decide()
    {
        await _portal.Database.ExecuteAsync(
            $"""
            insert into outgoing_mails (id, workspace_id, invoice_id, recipient, subject, body, handed_at, lease_owner,
                lease_until)
              values (gen_random_uuid(), '{_portal.WorkspaceId}', '{_invoice}', 'buyer.canary@example.com', 'S', 'B',
                now() - interval '1 hour', 'a portal that died', now() - interval '1 minute')
            """);

        await _portal.WaitForMailAsync(_member, Page, "May have been sent");

        Assert.Equal(0, _relay.Visits);
    }

    [Fact]
    public async Task A_relay_that_is_not_there_is_tried_again()
    {
        await _relay.DisposeAsync();

        await SendAsync();

        await _portal.WaitForMailAsync(_member, Page, "The mail server can't be reached.");
        Assert.Equal(["Waiting|1"], await StatesAsync());
    }

    private async Task SendAsync(string button = "Send") =>
        await _member.SubmitAsync(await _member.GetAsync($"{Page}/send"), button);

    // As long as somebody holds its lease it is still being tried.
    private async Task<string> StateAsync() => string.Join(' ', await StatesAsync());

    private Task<List<string>> StatesAsync() => _portal.Database.ListAsync<string>(
        """
        select state || '|' || attempts || case when lease_owner is null then '' else ' trying' end
          from outgoing_mails order by created_at
        """);
}
