using HubSpotSync.Data.Identity;

namespace HubSpotSync.Data.Billing;

/// <summary>Who sells, as a paper names it. A paper that was sent keeps its own.</summary>
public sealed record Seller(
    string Name, string? Address, string? TaxId, string? Email, string? Phone, string? PaymentDetails)
{
    public static Seller Of(Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return new Seller(
            workspace.LegalName ?? workspace.Name,
            workspace.Address,
            workspace.TaxId,
            workspace.BillingEmail,
            workspace.BillingPhone,
            workspace.PaymentDetails);
    }
}
