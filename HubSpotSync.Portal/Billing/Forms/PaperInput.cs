using HubSpotSync.Core.Billing;
using HubSpotSync.Data.Billing;
using HubSpotSync.Portal.Words;

namespace HubSpotSync.Portal.Billing.Forms;

/// <summary>A line as it is typed: text, so that what can't be read is shown again as it was.</summary>
internal sealed class LineInput
{
    public string? Description { get; set; }

    public string? Quantity { get; set; } = "1";

    public string? UnitPrice { get; set; }

    public string? Discount { get; set; }

    public string? TaxRate { get; set; }

    /// <summary>Nobody has written anything into it.</summary>
    public bool IsBlank => string.IsNullOrWhiteSpace(Description) && string.IsNullOrWhiteSpace(UnitPrice);

    public static LineInput Of(LineRow row, string currency) => new()
    {
        Description = row.Description,
        Quantity = AmountText.Write(row.Quantity),
        UnitPrice = AmountText.Write(row.UnitPrice, Currency.Find(currency)?.MinorUnits ?? 2),
        Discount = row.DiscountPercent == 0 ? "" : AmountText.Write(row.DiscountPercent),
        TaxRate = AmountText.Write(row.TaxRate),
    };
}

/// <summary>An invoice or a proposal as it is typed.</summary>
internal sealed class PaperInput
{
    /// <summary>Made with the form: however often it arrives, it is one paper.</summary>
    public Guid Id { get; set; }

    /// <summary>The row version that the form was filled from.</summary>
    public uint Version { get; set; }

    public Guid? CustomerId { get; set; }

    public Guid? CompanyId { get; set; }

    public Guid? DealId { get; set; }

    public Guid? ProposalId { get; set; }

    public bool ConfirmDuplicate { get; set; }

    public string? Find { get; set; }

    public string? Currency { get; set; }

    public string? IssuedOn { get; set; }

    /// <summary>Due on, or valid until.</summary>
    public string? Until { get; set; }

    public string? BuyerName { get; set; }

    public string? BuyerAddress { get; set; }

    public string? BuyerEmail { get; set; }

    public string? BuyerTaxId { get; set; }

    public string? Notes { get; set; }

    public string? Terms { get; set; }

    public List<LineInput> Lines { get; set; } = [];

    public static PaperInput Of(Paper paper) => new()
    {
        Id = paper.Id,
        Version = paper.Version,
        CustomerId = paper.CustomerId,
        CompanyId = paper.CompanyId,
        DealId = paper.DealId,
        ProposalId = (paper as Invoice)?.ProposalId,
        Currency = paper.Currency,
        IssuedOn = Dates.Field(paper.IssuedOn),
        Until = UntilOf(paper) is { } until ? Dates.Field(until) : "",
        BuyerName = paper.BuyerName,
        BuyerAddress = paper.BuyerAddress,
        BuyerEmail = paper.BuyerEmail,
        BuyerTaxId = paper.BuyerTaxId,
        Notes = paper.Notes,
        Terms = paper.Terms,
        Lines = [.. paper.InOrder().Select(row => LineInput.Of(row, paper.Currency))],
    };

    private static DateOnly? UntilOf(Paper paper) =>
        paper is Invoice invoice ? invoice.DueOn : ((Proposal)paper).ValidUntil;
}
