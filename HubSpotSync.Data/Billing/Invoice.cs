using HubSpotSync.Core.Billing;

namespace HubSpotSync.Data.Billing;

public sealed class Invoice : Paper
{
    public const string PrimaryKey = "invoices_pkey";
    public const string DealIndex = "invoices_deal_key";
    public const string ProposalIndex = "invoices_proposal_key";

    public InvoiceState State { get; set; }
    public Guid? ProposalId { get; init; }

    /// <summary>A person knew of the deal's other invoice and wanted this one too.</summary>
    public bool ConfirmedDuplicate { get; set; }

    /// <summary>The deal as it was when a person last compared the invoice with it.</summary>
    public decimal? DealAmount { get; set; }
    public string? DealCurrency { get; set; }
    public string? DealStageId { get; set; }
    public DateOnly DueOn { get; set; }
    public decimal Paid { get; set; }
    public string? VoidReason { get; set; }
    public List<InvoiceLine> Lines { get; init; } = [];

    public decimal Balance => InvoiceRules.BalanceOf(State, Total, Paid);

    public DealTerms DealTerms => new(DealAmount, DealCurrency, DealStageId);

    public override IReadOnlyList<LineRow> InOrder() => [.. Lines.OrderBy(line => line.Position)];

    protected override void Resize(int count)
    {
        Lines.RemoveAll(line => line.Position >= count);
        for (var at = Lines.Count; at < count; at++)
        {
            Lines.Add(new InvoiceLine { WorkspaceId = WorkspaceId, InvoiceId = Id, Position = at });
        }
    }
}
