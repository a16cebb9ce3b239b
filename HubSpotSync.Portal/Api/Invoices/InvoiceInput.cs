using System.ComponentModel;
using HubSpotSync.Core.Billing;
using HubSpotSync.Portal.Billing.Forms;
using HubSpotSync.Portal.Words;

namespace HubSpotSync.Portal.Api.Invoices;

internal sealed record BuyerInput
{
    public string? Name { get; init; }
    public string? Address { get; init; }
    public string? Email { get; init; }
    public string? TaxId { get; init; }
}

internal sealed record InvoiceLineInput
{
    public required string Description { get; init; }
    public decimal Quantity { get; init; } = 1;
    public required decimal UnitPrice { get; init; }
    public decimal DiscountPercent { get; init; }

    [Description("In percent; without it the workspace's own.")]
    public decimal? TaxRate { get; init; }
}

/// <summary>What a draft is to say. What is not given stays, or comes from deal, customer, workspace.</summary>
internal record InvoiceInput
{
    [Description("Who is billed; name, address and company are copied, unless buyer says otherwise.")]
    public Guid? CustomerId { get; init; }

    [Description("ISO 4217.")]
    public string? Currency { get; init; }
    public DateOnly? IssuedOn { get; init; }
    public DateOnly? DueOn { get; init; }
    public BuyerInput? Buyer { get; init; }

    [Description("All of the lines; they replace those that are there.")]
    public IReadOnlyList<InvoiceLineInput>? Lines { get; init; }
    public string? Notes { get; init; }
    public string? Terms { get; init; }

    /// <summary>Lays what was given over what is there, as if somebody had typed it.</summary>
    public void ApplyTo(PaperInput paper, string taxRate)
    {
        paper.Currency = Currency ?? paper.Currency;
        paper.IssuedOn = IssuedOn is { } issued ? Dates.Field(issued) : paper.IssuedOn;
        paper.Until = DueOn is { } due ? Dates.Field(due) : paper.Until;
        (paper.BuyerName, paper.BuyerAddress) = (Buyer?.Name ?? paper.BuyerName, Buyer?.Address ?? paper.BuyerAddress);
        (paper.BuyerEmail, paper.BuyerTaxId) = (Buyer?.Email ?? paper.BuyerEmail, Buyer?.TaxId ?? paper.BuyerTaxId);
        (paper.Notes, paper.Terms) = (Notes ?? paper.Notes, Terms ?? paper.Terms);
        if (Lines is not null)
        {
            paper.Lines = [.. Lines.Select(line => new LineInput
            {
                Description = line.Description,
                Quantity = AmountText.Write(line.Quantity),
                UnitPrice = AmountText.Write(line.UnitPrice),
                Discount = AmountText.Write(line.DiscountPercent),
                TaxRate = line.TaxRate is { } rate ? AmountText.Write(rate) : taxRate,
            })];
        }
    }
}

internal sealed record NewInvoiceInput : InvoiceInput
{
    [Description("The deal that is billed: customer, currency and a line are taken from it.")]
    public Guid? DealId { get; init; }

    [Description("Whether the deal is billed although it has an invoice already.")]
    public bool ConfirmDuplicate { get; init; }
}

/// <summary>How an invoice leaves.</summary>
internal sealed record SendInvoiceInput
{
    [Description("The e-mail to send; without it the invoice is only marked as sent.")]
    public EmailInput? Email { get; init; }
}

internal sealed record EmailInput
{
    public required string Recipient { get; init; }

    [Description("{number} stands for the invoice's number.")]
    public required string Subject { get; init; }

    [Description("{number} stands for the invoice's number.")]
    public required string Message { get; init; }
}

internal sealed record VoidInvoiceInput
{
    public string? Reason { get; init; }
}
