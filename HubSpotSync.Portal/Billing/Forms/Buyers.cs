using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Crm;
using HubSpotSync.Portal.Customers;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Billing.Forms;

/// <summary>A customer to bill.</summary>
internal sealed record BuyerChoice(Guid Id, string Name, string? Email, string? Company);

/// <summary>Finds customers to bill, and copies what a paper says of one.</summary>
internal sealed class Buyers(CrmDbContext db)
{
    private const int MostChoices = 8;

    public async Task<IReadOnlyList<BuyerChoice>> FindAsync(string? text, CancellationToken cancellationToken)
    {
        if (text?.Trim() is not { Length: >= 2 } wanted)
        {
            return [];
        }

        var found = await db.Customers.AsNoTracking().WithTextAsync(db, wanted, cancellationToken);
        var customers = await found
            .Include(customer => customer.Company)
            .Where(customer => customer.ArchivedAt == null)
            .OrderBy(customer => customer.SortName).ThenBy(customer => customer.Id)
            .Take(MostChoices)
            .ToListAsync(cancellationToken);
        return [.. customers.Select(Choice)];
    }

    public async Task<BuyerChoice?> ReadAsync(Guid? customerId, CancellationToken cancellationToken)
    {
        var customer = await CustomerAsync(customerId, cancellationToken);
        return customer is null ? null : Choice(customer);
    }

    /// <summary>Bills this customer: address and company are copied and may be changed on the paper.</summary>
    /// <returns>Whether there is such a customer.</returns>
    public async Task<bool> TakeAsync(PaperInput input, Guid customerId, CancellationToken cancellationToken)
    {
        if (await CustomerAsync(customerId, cancellationToken) is not { } customer)
        {
            return false;
        }

        var company = customer.Company;
        var person = CustomerNames.Of(customer.FirstName, customer.LastName, customer.Email, null);
        var firm = company?.Name ?? customer.CompanyName;
        (input.CustomerId, input.CompanyId) = (customer.Id, customer.CompanyId);
        input.BuyerName = firm ?? person;
        input.BuyerEmail = customer.Email;
        input.BuyerAddress = Lines(
            firm is null ? null : person,
            company?.Address ?? customer.Address,
            $"{company?.PostalCode ?? customer.PostalCode} {company?.City ?? customer.City}",
            company?.State ?? customer.State,
            company?.Country ?? customer.Country);
        return true;
    }

    public async Task TakeCompanyAsync(PaperInput input, Guid companyId, CancellationToken cancellationToken)
    {
        var company = await db.Companies.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Id == companyId, cancellationToken);
        if (company?.MergedInto is not null
            && await db.ThatStaysAsync(RecordKind.Company, companyId, cancellationToken) is var kept
            && kept != companyId)
        {
            await TakeCompanyAsync(input, kept, cancellationToken);
            return;
        }

        if (company is null)
        {
            return;
        }

        (input.CompanyId, input.BuyerName) = (company.Id, company.Name ?? company.Domain);
        input.BuyerAddress = Lines(
            company.Address, $"{company.PostalCode} {company.City}", company.State, company.Country);
    }

    // Somebody who was merged into another customer is that customer.
    private async Task<Customer?> CustomerAsync(Guid? id, CancellationToken cancellationToken)
    {
        var customer = id is null
            ? null
            : await db.Customers.AsNoTracking()
                .Include(row => row.Company)
                .FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        return customer?.MergedInto is { } kept && kept != id
            ? await CustomerAsync(kept, cancellationToken)
            : customer;
    }

    private static BuyerChoice Choice(Customer customer) => new(
        customer.Id,
        CustomerNames.Of(customer.FirstName, customer.LastName, customer.Email, customer.CompanyName),
        customer.Email,
        customer.Company?.Name ?? customer.CompanyName);

    private static string Lines(params string?[] lines) =>
        string.Join('\n', lines.Select(line => line?.Trim()).Where(line => !string.IsNullOrEmpty(line)));
}
