using System.Linq.Expressions;
using HubSpotSync.Data.Billing;

namespace HubSpotSync.Portal.Billing;

/// <summary>The newest invoices of a record, for a card on its page.</summary>
internal sealed record InvoicesOf(Expression<Func<Invoice, bool>> Which, string? NewHref)
{
    public static InvoicesOf Customer(Guid id) => new(row => row.CustomerId == id, $"/invoices/new?customer={id}");

    public static InvoicesOf Deal(Guid id) => new(row => row.DealId == id, $"/invoices/new?deal={id}");

    public static InvoicesOf Company(Guid id) => new(row => row.CompanyId == id, null);
}
