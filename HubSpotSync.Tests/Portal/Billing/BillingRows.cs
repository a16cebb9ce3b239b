using HubSpotSync.Core.Billing;
using HubSpotSync.Data.Billing;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Portal.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HubSpotSync.Tests.Portal.Billing;

/// <summary>Deals, invoices and proposals as people leave them.</summary>
internal static class BillingRows
{
    public static readonly DateOnly Day = new(2026, 3, 1);

    public static async Task<Guid> AddDealAsync(
        this PortalHost portal, string name, decimal amount, string currency = "EUR", Guid? customerId = null)
    {
        var id = Guid.NewGuid();
        await portal.Database.ExecuteAsync(
            $"""
            insert into deals (id, workspace_id, name, amount, currency, stage_id)
              values ('{id}', '{portal.WorkspaceId}', '{name}', {amount}, '{currency}', 'won')
            """);
        if (customerId is { } customer)
        {
            await portal.Database.ExecuteAsync(
                $"insert into deal_customers values ('{portal.WorkspaceId}', '{id}', '{customer}')");
        }

        return id;
    }

    public static Task<Guid> AddInvoiceAsync(
        this PortalHost portal,
        decimal price = 100,
        string buyer = "Engines Ltd",
        string currency = "EUR",
        Action<Invoice>? change = null) =>
        portal.QueryAsync(async (_, db) =>
        {
            var invoice = new Invoice
            {
                Id = Guid.NewGuid(),
                WorkspaceId = db.WorkspaceId,
                PublicCode = PaperCodes.Create(),
                CreatedAt = TimeProvider.System.GetUtcNow(),
                Currency = currency,
                IssuedOn = Day,
                DueOn = Day.AddDays(14),
                BuyerName = buyer,
                BuyerEmail = "buyer.canary@example.com",
            };
            invoice.SetLines([("Work done", new PaperLine(1, price, 0, 0))]);
            change?.Invoke(invoice);
            db.Invoices.Add(invoice);
            await db.SaveChangesAsync();
            portal.Secrets.Add("buyer.canary@example.com");
            portal.Secrets.Add(invoice.PublicCode);
            return invoice.Id;
        });

    public static async Task<Guid> AddSentInvoiceAsync(
        this PortalHost portal,
        decimal price = 100,
        string buyer = "Engines Ltd",
        string currency = "EUR",
        Action<Invoice>? change = null)
    {
        var id = await portal.AddInvoiceAsync(price, buyer, currency, change);
        var (by, version) = (await portal.UserIdAsync(), (await portal.InvoiceAsync(id)).Version);
        var booking = await portal.QueryAsync((services, _) => services.GetRequiredService<InvoiceBook>()
            .SendAsync(id, version, null, by, TestContext.Current.CancellationToken));
        Assert.Equal(Booking.Done, booking);
        return id;
    }

    public static async Task PayAsync(this PortalHost portal, Guid invoice, decimal amount)
    {
        var by = await portal.UserIdAsync();
        var money = new MoneyMoved(Guid.NewGuid(), amount, Day, "Bank transfer", "statement 7");
        var booking = await portal.QueryAsync((services, _) => services.GetRequiredService<PaymentBook>()
            .PayAsync(invoice, money, by, TestContext.Current.CancellationToken));
        Assert.Equal(Booking.Done, booking);
    }

    public static Task<Guid> AddProposalAsync(this PortalHost portal, DateOnly? validUntil = null) =>
        portal.QueryAsync(async (_, db) =>
        {
            var proposal = new Proposal
            {
                Id = Guid.NewGuid(),
                WorkspaceId = db.WorkspaceId,
                PublicCode = PaperCodes.Create(),
                CreatedAt = TimeProvider.System.GetUtcNow(),
                Currency = "EUR",
                IssuedOn = Day,
                ValidUntil = validUntil,
                BuyerName = "Engines Ltd",
                BuyerEmail = "buyer.canary@example.com",
            };
            proposal.SetLines([("A new engine", new PaperLine(2, 750, 10, 20))]);
            db.Proposals.Add(proposal);
            await db.SaveChangesAsync();
            portal.Secrets.Add(proposal.PublicCode);
            return proposal.Id;
        });

    public static async Task<string> SendProposalAsync(this PortalHost portal, Guid id)
    {
        var by = await portal.UserIdAsync();
        return await portal.QueryAsync(async (services, db) =>
        {
            var proposal = await db.Proposals.AsNoTracking().SingleAsync(row => row.Id == id);
            var booking = await services.GetRequiredService<ProposalBook>()
                .SendAsync(id, proposal.Version, null, by, TestContext.Current.CancellationToken);
            Assert.Equal(Booking.Done, booking);
            return proposal.PublicCode;
        });
    }

    public static Task<Invoice> InvoiceAsync(this PortalHost portal, Guid id) => portal.QueryAsync((_, db) =>
        db.Invoices.AsNoTracking().Include(row => row.Lines).SingleAsync(row => row.Id == id));

    public static Task<Guid> UserIdAsync(this PortalHost portal) => portal.Database.ScalarAsync<Guid>(
        $"select id from users where email = '{PortalHost.EmailOf(WorkspaceRole.Member)}'");

    public static Task<long> CountAsync(this PortalHost portal, string table) =>
        portal.Database.ScalarAsync<long>($"select count(*) from {table}");
}
