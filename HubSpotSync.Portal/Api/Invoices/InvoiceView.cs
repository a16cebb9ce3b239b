using System.ComponentModel;
using HubSpotSync.Core.Billing;
using HubSpotSync.Data.Billing;

namespace HubSpotSync.Portal.Api.Invoices;

internal sealed record BuyerView(string? Name, string? Address, string? Email, string? TaxId);

internal sealed record InvoiceLineView(
    string Description, decimal Quantity, decimal UnitPrice, decimal DiscountPercent, decimal TaxRate, decimal Net);

/// <summary>An invoice. Once it is sent it has its number and stays as it is, apart from its money.</summary>
internal sealed record InvoiceView
{
    public required Guid Id { get; init; }

    [Description("Given when it is sent; numbers have no gaps.")]
    public string? Number { get; init; }
    public required InvoiceState State { get; init; }
    public Guid? CustomerId { get; init; }
    public Guid? CompanyId { get; init; }
    public Guid? DealId { get; init; }

    [Description("ISO 4217.")]
    public required string Currency { get; init; }
    public required DateOnly IssuedOn { get; init; }
    public required DateOnly DueOn { get; init; }
    public required BuyerView Buyer { get; init; }
    public required IReadOnlyList<InvoiceLineView> Lines { get; init; }
    public required decimal Net { get; init; }
    public required decimal Tax { get; init; }
    public required decimal Total { get; init; }
    public required decimal Paid { get; init; }

    [Description("What is still to be paid.")]
    public required decimal Balance { get; init; }
    public string? Notes { get; init; }
    public string? Terms { get; init; }
    public string? VoidReason { get; init; }
    public DateTimeOffset? SentAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    public static InvoiceView Of(Invoice invoice) => new()
    {
        Id = invoice.Id,
        Number = invoice.Number,
        State = invoice.State,
        CustomerId = invoice.CustomerId,
        CompanyId = invoice.CompanyId,
        DealId = invoice.DealId,
        Currency = invoice.Currency,
        IssuedOn = invoice.IssuedOn,
        DueOn = invoice.DueOn,
        Buyer = new BuyerView(invoice.BuyerName, invoice.BuyerAddress, invoice.BuyerEmail, invoice.BuyerTaxId),
        Lines =
        [
            .. invoice.InOrder().Select(line => new InvoiceLineView(
                line.Description, line.Quantity, line.UnitPrice, line.DiscountPercent, line.TaxRate, line.Net)),
        ],
        Net = invoice.Net,
        Tax = invoice.Tax,
        Total = invoice.Total,
        Paid = invoice.Paid,
        Balance = invoice.Balance,
        Notes = invoice.Notes,
        Terms = invoice.Terms,
        VoidReason = invoice.VoidReason,
        SentAt = invoice.SentAt,
        CreatedAt = invoice.CreatedAt,
        UpdatedAt = invoice.UpdatedAt,
    };
}
