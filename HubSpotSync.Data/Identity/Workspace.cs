namespace HubSpotSync.Data.Identity;

/// <summary>The tenant: everything carries its id.</summary>
public sealed class Workspace
{
    public Guid Id { get; init; }
    public required string Name { get; set; }
    public required string TimeZone { get; set; }
    public required string Currency { get; set; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The seller's name on papers; without one it is <see cref="Name"/>.</summary>
    public string? LegalName { get; set; }
    public string? Address { get; set; }
    public string? TaxId { get; set; }
    public string? BillingEmail { get; set; }
    public string? BillingPhone { get; set; }

    /// <summary>Where to pay, as it is printed.</summary>
    public string? PaymentDetails { get; set; }
    public string? PaymentTerms { get; set; }

    /// <summary>From the date of an invoice to the day it is due.</summary>
    public int PaymentDays { get; set; } = 14;

    /// <summary>In percent, for new lines.</summary>
    public decimal TaxRate { get; set; }
    public string InvoicePrefix { get; set; } = "INV-";
    public string ProposalPrefix { get; set; } = "PRO-";

    /// <summary>Row version.</summary>
    public uint Version { get; private set; }
}
