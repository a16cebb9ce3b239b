using HubSpotSync.Core.Billing;

namespace HubSpotSync.Data.Billing;

public abstract class LineRow : IWorkspaceOwned
{
    public Guid WorkspaceId { get; init; }

    /// <summary>From 0, in the order of the paper.</summary>
    public int Position { get; init; }
    public string Description { get; set; } = "";
    public decimal Quantity { get; set; }
    public decimal UnitPrice { get; set; }
    public decimal DiscountPercent { get; set; }
    public decimal TaxRate { get; set; }

    /// <summary>Kept, so that lists and other programs need not know how it is rounded.</summary>
    public decimal Net { get; set; }

    public PaperLine ToLine() => new(Quantity, UnitPrice, DiscountPercent, TaxRate);

    internal void Take(string description, PaperLine line) =>
        (Description, Quantity, UnitPrice, DiscountPercent, TaxRate) =
        (description, line.Quantity, line.UnitPrice, line.DiscountPercent, line.TaxRate);
}

public sealed class InvoiceLine : LineRow
{
    public Guid InvoiceId { get; init; }
}

public sealed class ProposalLine : LineRow
{
    public Guid ProposalId { get; init; }
}
