using HubSpotSync.Core.Billing;
using HubSpotSync.Data;
using HubSpotSync.Data.Billing;
using HubSpotSync.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HubSpotSync.Tests.Data.Billing;

public sealed class InvoiceBookTests : IAsyncLifetime
{
    private const string Denied = "42501";

    private CrmHost _host = null!; // set before each test
    private Guid _by;

    public async ValueTask InitializeAsync()
    {
        _host = await CrmHost.StartAsync();
        _by = await _host.AddUserAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Twenty_sent_at_once_get_twenty_numbers_without_a_gap()
    {
        var invoices = new List<Guid>();
        for (var i = 0; i < 20; i++)
        {
            invoices.Add(await _host.AddInvoiceAsync());
        }

        var sent = await Task.WhenAll(invoices.Select(id => _host.SendAsync(id, _by)));

        Assert.All(sent, booking => Assert.Equal(Booking.Done, booking));
        Assert.Equal(
            Enumerable.Range(1, 20).Select(number => $"INV-{number:0000}"),
            await _host.Database.ListAsync<string>("select number from invoices order by sequence"));
    }

    [Fact]
    public async Task A_sending_that_fails_gives_its_number_back()
    {
        var (good, bad) = (await _host.AddInvoiceAsync(), await _host.AddInvoiceAsync());
        var mail = new MailToSend(Guid.NewGuid(), "a@example.com", new string('x', 10), "Body");
        await _host.Database.ExecuteAsync("alter table outgoing_mails add constraint no_mail check (subject = '')");

        await Assert.ThrowsAsync<DbUpdateException>(() => _host.SendAsync(bad, _by, mail));
        await _host.SendAsync(good, _by);

        Assert.Equal("INV-0001", (await _host.ReadAsync(good)).Number);
        var failed = await _host.ReadAsync(bad);
        Assert.Equal((InvoiceState.Draft, null), (failed.State, failed.Number));
    }

    [Fact]
    public async Task The_same_wish_sent_ten_times_at_once_is_one_number_and_one_mail()
    {
        var invoice = await _host.AddInvoiceAsync();
        var mail = new MailToSend(Guid.NewGuid(), "a@example.com", "Invoice {number}", "Here is {NUMBER}.");
        var version = (await _host.ReadAsync(invoice)).Version;

        var sent = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _host.InAsync(
            _host.WorkspaceId,
            (services, _) => services.GetRequiredService<InvoiceBook>()
                .SendAsync(invoice, version, mail, _by, TestContext.Current.CancellationToken))));

        Assert.All(sent, booking => Assert.Equal(Booking.Done, booking));
        Assert.Equal(
            ["Invoice INV-0001|Here is INV-0001.|Waiting"],
            await _host.Database.ListAsync<string>(
                "select subject || '|' || body || '|' || state from outgoing_mails"));
        Assert.Equal(1, await _host.Database.ScalarAsync<long>("select last_number from document_numbers"));
        Assert.Equal(1, await _host.Database.ScalarAsync<long>("select count(*) from activities"));
    }

    [Fact]
    public async Task What_is_sent_is_what_was_looked_at()
    {
        var invoice = await _host.AddInvoiceAsync();
        var looked = (await _host.ReadAsync(invoice)).Version;
        await _host.Database.ExecuteAsync("update invoices set notes = 'edited meanwhile'");

        var booking = await _host.InAsync(
            _host.WorkspaceId,
            (services, _) => services.GetRequiredService<InvoiceBook>()
                .SendAsync(invoice, looked, null, _by, TestContext.Current.CancellationToken));

        Assert.Equal(Booking.Moved, booking);
        Assert.Equal(InvoiceState.Draft, (await _host.ReadAsync(invoice)).State);
    }

    [Fact]
    public async Task An_invoice_below_zero_or_without_lines_is_not_sent()
    {
        var below = await _host.AddInvoiceAsync(-5);
        var empty = await _host.AddInvoiceAsync();
        await _host.Database.ExecuteAsync($"delete from invoice_lines where invoice_id = '{empty}'");

        Assert.Equal(Booking.BelowZero, await _host.SendAsync(below, _by));
        Assert.Equal(Booking.NoLines, await _host.SendAsync(empty, _by));
        Assert.Equal(Booking.Gone, await _host.InAsync(_host.WorkspaceId, (services, _) => services
            .GetRequiredService<InvoiceBook>()
            .SendAsync(Guid.NewGuid(), 0, null, _by, TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData("total = 5")]
    [InlineData("number = 'INV-9999'")]
    [InlineData("buyer_name = 'Somebody else'")]
    [InlineData("due_on = '2030-01-01'")]
    [InlineData("state = 'Draft', number = null, sequence = null")]
    public async Task What_was_sent_stays_as_it_was_whoever_writes(string change)
    {
        var invoice = await _host.AddInvoiceAsync();
        await _host.SendAsync(invoice, _by);
        await using var session = await _host.OpenAppSessionAsync(_host.WorkspaceId);

        Assert.Equal(Denied, await session.RefusalAsync($"update invoices set {change}"));
        Assert.Equal(Denied, await session.RefusalAsync("delete from invoices"));
        Assert.Equal(Denied, await session.RefusalAsync("update invoice_lines set quantity = 2"));
        Assert.Equal(Denied, await session.RefusalAsync("delete from invoice_lines"));
        Assert.Equal(Denied, await session.RefusalAsync(
            "insert into invoice_lines select invoice_id, 1, workspace_id, 'more', 1, 1, 0, 0, 1 from invoice_lines"));
    }

    [Fact]
    public async Task A_void_invoice_keeps_its_number_and_the_next_one_takes_the_next()
    {
        var (first, second) = (await _host.AddInvoiceAsync(), await _host.AddInvoiceAsync());
        await _host.SendAsync(first, _by);

        var voided = await VoidAsync(first);
        await _host.SendAsync(second, _by);

        var invoice = await _host.ReadAsync(first);
        Assert.Equal((Booking.Done, InvoiceState.Void, "INV-0001"), (voided, invoice.State, invoice.Number));
        Assert.Equal("INV-0002", (await _host.ReadAsync(second)).Number);
        Assert.Equal(Booking.Moved, await _host.PayAsync(first, _by, 1));
        Assert.Equal(Booking.Done, await VoidAsync(first)); // the wish was fulfilled
    }

    [Fact]
    public async Task An_invoice_with_money_on_it_is_not_called_off()
    {
        var invoice = await _host.AddInvoiceAsync();
        await _host.SendAsync(invoice, _by);
        await _host.PayAsync(invoice, _by, 10);

        Assert.Equal(Booking.Moved, await VoidAsync(invoice));
        await _host.RefundAsync(invoice, _by, 10);
        Assert.Equal(Booking.Done, await VoidAsync(invoice));
    }

    [Fact]
    public async Task A_deal_has_one_invoice_until_a_person_wants_another_or_the_first_is_void()
    {
        var deal = await _host.AddDealAsync();
        var first = await _host.AddInvoiceAsync(dealId: deal);

        var refused = await Assert.ThrowsAsync<DbUpdateException>(() => _host.AddInvoiceAsync(dealId: deal));
        await _host.SendAsync(first, _by);
        await VoidAsync(first);
        await _host.AddInvoiceAsync(dealId: deal);

        Assert.True(refused.Violates(Invoice.DealIndex));
        Assert.Equal(2, await _host.Database.ScalarAsync<long>("select count(*) from invoices"));
    }

    [Fact]
    public async Task Seller_and_sums_are_kept_as_they_were_when_it_was_sent()
    {
        await _host.Database.ExecuteAsync("update workspaces set legal_name = 'Harbour Ltd', address = 'Pier 1'");
        var invoice = await _host.AddInvoiceAsync(12.5m, currency: "KWD");
        await _host.SendAsync(invoice, _by);
        await _host.Database.ExecuteAsync("update workspaces set legal_name = 'Renamed', invoice_prefix = 'R-'");

        var sent = await _host.ReadAsync(invoice);
        Assert.Equal(("Harbour Ltd", "Pier 1"), (sent.Seller?.Name, sent.Seller?.Address));
        Assert.Equal((12.5m, "INV-0001"), (sent.Total, sent.Number));
        Assert.Equal(["invoice.sent|12.5|KWD|INV-0001"], await _host.Database.ListAsync<string>(
            """
            select kind || '|' || (params ->> 'amount') || '|' || (params ->> 'currency') || '|'
                || (params ->> 'number') from activities
            """));
    }

    private Task<Booking> VoidAsync(Guid invoice) => _host.InAsync(_host.WorkspaceId, (services, _) => services
        .GetRequiredService<InvoiceBook>()
        .VoidAsync(invoice, "Wrong", _by, TestContext.Current.CancellationToken));
}
