using HubSpotSync.Core.Billing;
using HubSpotSync.Data.Billing;
using HubSpotSync.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HubSpotSync.Tests.Data.Billing;

/// <summary>Invoices and proposals with one line, and the calls that move them on.</summary>
internal static class Drafts
{
    public static async Task<Guid> AddUserAsync(this CrmHost host)
    {
        var id = Guid.NewGuid();
        await host.Database.ExecuteAsync(
            $"""
            insert into users (id, workspace_id, role, display_name, user_name, normalized_user_name, email,
                normalized_email)
              values ('{id}', '{host.WorkspaceId}', 'Member', 'Mia Member', '{id}', '{id}', '{id}', '{id}')
            """);
        return id;
    }

    public static Task<Guid> AddInvoiceAsync(
        this CrmHost host,
        decimal price = 100,
        Guid? dealId = null,
        Guid? customerId = null,
        string currency = "EUR") =>
        host.QueryAsync(async db =>
        {
            var invoice = new Invoice
            {
                Id = Guid.NewGuid(),
                WorkspaceId = host.WorkspaceId,
                PublicCode = PaperCodes.Create(),
                Currency = currency,
                IssuedOn = new DateOnly(2026, 3, 1),
                DueOn = new DateOnly(2026, 3, 15),
                DealId = dealId,
                CustomerId = customerId,
                BuyerName = "Buyer",
            };
            invoice.SetLines([("Work", new PaperLine(1, price, 0, 0))]);
            db.Invoices.Add(invoice);
            await db.SaveChangesAsync();
            return invoice.Id;
        });

    public static Task<Guid> AddProposalAsync(this CrmHost host, DateOnly? validUntil = null) =>
        host.QueryAsync(async db =>
        {
            var proposal = new Proposal
            {
                Id = Guid.NewGuid(),
                WorkspaceId = host.WorkspaceId,
                PublicCode = PaperCodes.Create(),
                Currency = "EUR",
                IssuedOn = new DateOnly(2026, 3, 1),
                ValidUntil = validUntil,
                BuyerName = "Buyer",
            };
            proposal.SetLines([("Work", new PaperLine(1, 100, 0, 0))]);
            db.Proposals.Add(proposal);
            await db.SaveChangesAsync();
            return proposal.Id;
        });

    public static async Task<Guid> AddDealAsync(this CrmHost host)
    {
        var id = Guid.NewGuid();
        await host.Database.ExecuteAsync(
            $"insert into deals (id, workspace_id, name, amount, currency, stage_id) "
            + $"values ('{id}', '{host.WorkspaceId}', 'Deal', 100, 'EUR', 'won')");
        return id;
    }

    public static Task<Booking> SendAsync(this CrmHost host, Guid invoice, Guid by, MailToSend? mail = null) =>
        host.InAsync(host.WorkspaceId, async (services, db) =>
        {
            var version = await db.Invoices.Where(row => row.Id == invoice).Select(row => row.Version).SingleAsync();
            return await services.GetRequiredService<InvoiceBook>()
                .SendAsync(invoice, version, mail, by, TestContext.Current.CancellationToken);
        });

    public static Task<Booking> PayAsync(this CrmHost host, Guid invoice, Guid by, decimal amount, Guid? id = null) =>
        host.BookAsync(book => book.PayAsync(invoice, Money(amount, id), by, TestContext.Current.CancellationToken));

    public static Task<Booking> RefundAsync(
        this CrmHost host, Guid invoice, Guid by, decimal amount, Guid? id = null) =>
        host.BookAsync(book => book.RefundAsync(invoice, Money(amount, id), by, TestContext.Current.CancellationToken));

    public static Task<Invoice> ReadAsync(this CrmHost host, Guid invoice) =>
        host.QueryAsync(db => db.Invoices
            .AsNoTracking()
            .Include(row => row.Lines)
            .SingleAsync(row => row.Id == invoice));

    private static Task<Booking> BookAsync(this CrmHost host, Func<PaymentBook, Task<Booking>> book) =>
        host.InAsync(host.WorkspaceId, (services, _) => book(services.GetRequiredService<PaymentBook>()));

    private static MoneyMoved Money(decimal amount, Guid? id) =>
        new(id ?? Guid.NewGuid(), amount, new DateOnly(2026, 3, 5), "Bank transfer", null);
}
