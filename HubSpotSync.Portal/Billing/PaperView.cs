using HubSpotSync.Data.Billing;

namespace HubSpotSync.Portal.Billing;

/// <summary>A line as it is read: every number already in its words.</summary>
internal sealed record PaperLineView(
    string Description, string Quantity, string UnitPrice, string Discount, string TaxRate, string Net);

/// <summary>A label and what stands beside it.</summary>
internal sealed record PaperFact(string Label, string Value);

/// <summary>
/// A paper as its reader sees it, whether on a page, printed or as a PDF: one place decides what stands on it.
/// </summary>
internal sealed record PaperView
{
    /// <summary>"Invoice" or "Proposal".</summary>
    public required string Kind { get; init; }

    public required string Number { get; init; }

    /// <summary>Written across the top where it is not simply valid: Draft, Void, Paid.</summary>
    public string? Stamp { get; init; }

    public required Seller Seller { get; init; }

    /// <summary>What stands above the buyer.</summary>
    public string BuyerLabel { get; init; } = "Billed to";

    public string? BuyerName { get; init; }

    public string? BuyerAddress { get; init; }

    public string? BuyerTaxId { get; init; }

    public required IReadOnlyList<PaperFact> Dates { get; init; }

    public required string Currency { get; init; }

    public required IReadOnlyList<PaperLineView> Lines { get; init; }

    public required bool HasDiscounts { get; init; }

    /// <summary>Net, then the tax of each rate.</summary>
    public required IReadOnlyList<PaperFact> Sums { get; init; }

    public required PaperFact Total { get; init; }

    /// <summary>What was paid and what is open, once something was paid.</summary>
    public IReadOnlyList<PaperFact> After { get; init; } = [];

    public string? Notes { get; init; }

    public string? Terms { get; init; }

    /// <summary>Where to pay.</summary>
    public string? PaymentDetails { get; init; }

    /// <summary>What is said below the sums, each under its label.</summary>
    public IEnumerable<PaperFact> Words =>
        new (string Label, string? Text)[] { ("Notes", Notes), ("Terms", Terms), ("Payment", PaymentDetails) }
            .Where(word => !string.IsNullOrEmpty(word.Text))
            .Select(word => new PaperFact(word.Label, word.Text!)); // not empty

    public string Title => $"{Kind} {Number}";
}
