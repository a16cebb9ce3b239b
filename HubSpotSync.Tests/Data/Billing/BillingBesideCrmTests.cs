using HubSpotSync.Core.Billing;
using HubSpotSync.Data.Billing;
using HubSpotSync.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace HubSpotSync.Tests.Data.Billing;

/// <summary>What happens to papers when customers and deals are merged, changed or erased.</summary>
public sealed class BillingBesideCrmTests : IAsyncLifetime
{
    private CrmHost _host = null!; // set before each test
    private Guid _by;

    public async ValueTask InitializeAsync()
    {
        _host = await CrmHost.StartAsync();
        _by = await _host.AddUserAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Invoices_of_two_deals_that_become_one_both_stay()
    {
        var (kept, merged, other) = (
            await _host.AddDealAsync(), await _host.AddDealAsync(), await _host.AddDealAsync());
        await _host.AddInvoiceAsync(dealId: kept);
        await _host.AddInvoiceAsync(dealId: merged);
        await _host.AddInvoiceAsync(dealId: other);
        await using var session = await _host.OpenAppSessionAsync(_host.WorkspaceId);

        await session.RunAsync($"update invoices set deal_id = '{kept}' where deal_id in ('{merged}', '{other}')");

        Assert.Equal(
            [false, true, true],
            await _host.Database.ListAsync<bool>(
                $"select confirmed_duplicate from invoices where deal_id = '{kept}' order by 1"));
    }

    [Fact]
    public async Task A_person_who_is_erased_stays_on_what_was_sent_and_nowhere_else()
    {
        var customer = Guid.NewGuid();
        await _host.Database.ExecuteAsync(
            $"""
            insert into customers (id, workspace_id, email)
              values ('{customer}', '{_host.WorkspaceId}', 'a@x.example')
            """);
        var sent = await _host.AddInvoiceAsync(customerId: customer);
        var draft = await _host.AddInvoiceAsync(customerId: customer);
        await _host.SendAsync(sent, _by, new MailToSend(Guid.NewGuid(), "a@x.example", "Dear A", "Dear A"));

        await _host.Database.ExecuteAsync($"update customers set erased_at = now() where id = '{customer}'");

        Assert.Equal("Buyer", (await _host.ReadAsync(sent)).BuyerName);
        Assert.Null((await _host.ReadAsync(draft)).BuyerName);
        Assert.Equal(
            ["Failed||"],
            await _host.Database.ListAsync<string>(
                "select state || '|' || coalesce(recipient, '') || '|' || subject from outgoing_mails"));
    }

    [Fact]
    public async Task A_deal_that_changes_leaves_its_invoice_alone()
    {
        var deal = await _host.AddDealAsync();
        var invoice = await _host.AddInvoiceAsync(dealId: deal);
        var before = await _host.ReadAsync(invoice);

        await _host.Database.ExecuteAsync("update deals set amount = 250, currency = 'USD', stage_id = 'lost'");

        var after = await _host.ReadAsync(invoice);
        Assert.Equal((before.Version, before.Total), (after.Version, after.Total));
        await _host.InAsync(_host.WorkspaceId, (services, _) => services.GetRequiredService<InvoiceBook>()
            .KeepBesideDealAsync(invoice, _by, TestContext.Current.CancellationToken));
        Assert.Equal(new DealTerms(250, "USD", "lost"), (await _host.ReadAsync(invoice)).DealTerms);
    }

    [Fact]
    public async Task A_proposal_takes_one_answer()
    {
        var today = new DateOnly(2026, 3, 10);
        var (open, ended) = (
            await _host.AddProposalAsync(today), await _host.AddProposalAsync(today.AddDays(-1)));
        Assert.Equal(Booking.Moved, await AnswerAsync(open, true, today)); // nobody has sent it
        await SendAsync(open);
        await SendAsync(ended);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => AnswerAsync(open, i % 2 == 0, today)));

        Assert.Equal(1, answers.Count(answer => answer == Booking.Done));
        Assert.Equal(5, answers.Count(answer => answer == Booking.Moved));
        Assert.Equal(Booking.Moved, await AnswerAsync(ended, true, today));
        Assert.Equal(
            1,
            await _host.Database.ScalarAsync<long>("select count(*) from activities where kind like 'proposal.%ed'"));
    }

    [Fact]
    public async Task A_code_leads_to_its_paper_once_that_is_sent()
    {
        var invoice = await _host.AddInvoiceAsync();
        var code = (await _host.ReadAsync(invoice)).PublicCode;

        Assert.Null(await FindAsync(code));
        await _host.SendAsync(invoice, _by);

        Assert.Equal(new PaperPlace(_host.WorkspaceId, invoice, null), await FindAsync(code));
        Assert.Null(await FindAsync(code.ToUpperInvariant()));
        Assert.Null(await FindAsync("' or true --"));
        Assert.Null(await FindAsync(null));
    }

    [Fact]
    public async Task Numbers_go_on_after_another_programs_until_the_first_one_is_given()
    {
        Assert.True(await StartAtAsync(500));
        Assert.True(await StartAtAsync(400));
        var invoice = await _host.AddInvoiceAsync();
        await _host.SendAsync(invoice, _by);

        Assert.False(await StartAtAsync(900));
        Assert.Equal("INV-0400", (await _host.ReadAsync(invoice)).Number);
    }

    private Task<bool> StartAtAsync(long first) => _host.InAsync(_host.WorkspaceId, (services, _) => services
        .GetRequiredService<DocumentNumbers>()
        .StartAtAsync(NumberedKind.Invoice, first, TestContext.Current.CancellationToken));

    // As a visitor: in no workspace.
    private async Task<PaperPlace?> FindAsync(string? code)
    {
        await using var scope = _host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PaperCodes>()
            .FindAsync(code, TestContext.Current.CancellationToken);
    }

    private Task<Booking> AnswerAsync(Guid proposal, bool accepts, DateOnly today) =>
        _host.InAsync(_host.WorkspaceId, (services, _) => services.GetRequiredService<ProposalBook>().AnswerAsync(
            proposal, new ProposalAnswer(accepts, "Bea Buyer", null), today, TestContext.Current.CancellationToken));

    private Task<Booking> SendAsync(Guid proposal) => _host.InAsync(_host.WorkspaceId, async (services, db) =>
    {
        var row = await db.Proposals.FindAsync([proposal], TestContext.Current.CancellationToken);
        var version = row!.Version; // just added
        db.ChangeTracker.Clear();
        return await services.GetRequiredService<ProposalBook>()
            .SendAsync(proposal, version, null, _by, TestContext.Current.CancellationToken);
    });
}
