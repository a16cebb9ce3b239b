using HubSpotSync.Core.Billing;

namespace HubSpotSync.Data.Billing;

/// <summary>What invoices and proposals have in common: buyer, lines, sums, and a number once they are sent.</summary>
public abstract class Paper : IWorkspaceOwned
{
    public Guid Id { get; init; }
    public Guid WorkspaceId { get; init; }
    public long? Sequence { get; set; }
    public string? Number { get; set; }

    /// <summary>Who holds it may see the paper once it is sent, and nothing else.</summary>
    public required string PublicCode { get; init; }
    public Guid? CustomerId { get; set; }
    public Guid? CompanyId { get; set; }
    public Guid? DealId { get; set; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; set; }
    public DateOnly IssuedOn { get; set; }
    public string? BuyerName { get; set; }
    public string? BuyerAddress { get; set; }
    public string? BuyerEmail { get; set; }
    public string? BuyerTaxId { get; set; }

    /// <summary><c>null</c> while it is a draft: then it is the workspace's own.</summary>
    public Seller? Seller { get; set; }
    public string? Notes { get; set; }
    public string? Terms { get; set; }
    public decimal Net { get; set; }
    public decimal Tax { get; set; }
    public decimal Total { get; set; }
    public DateTimeOffset? SentAt { get; set; }
    public Guid? CreatedBy { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public Guid? UpdatedBy { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Row version.</summary>
    public uint Version { get; private set; }

    /// <summary>The lines, from the first to the last.</summary>
    public abstract IReadOnlyList<LineRow> InOrder();

    public PaperTotals Totals() => PaperTotals.Of(
        [.. InOrder().Select(row => row.ToLine())],
        Core.Billing.Currency.Find(Currency) ?? throw new InvalidOperationException($"No currency {Currency}"));

    /// <summary>Replaces the lines by these, in this order, and takes over the sums.</summary>
    public void SetLines(IReadOnlyList<(string Description, PaperLine Line)> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        Resize(lines.Count);
        foreach (var (row, (description, line)) in InOrder().Zip(lines))
        {
            row.Take(description, line);
        }

        var totals = Totals();
        foreach (var (row, net) in InOrder().Zip(totals.LineNets))
        {
            row.Net = net;
        }

        (Net, Tax, Total) = (totals.Net, totals.Tax, totals.Total);
    }

    protected abstract void Resize(int count);
}
