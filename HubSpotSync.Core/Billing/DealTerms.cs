namespace HubSpotSync.Core.Billing;

/// <summary>What an invoice was made of: the deal as it stood then.</summary>
public sealed record DealTerms(decimal? Amount, string? Currency, string? StageId)
{
    /// <summary>What is different now. The invoice stays as it is, whatever the answer.</summary>
    public DealChanges ChangesTo(DealTerms now)
    {
        ArgumentNullException.ThrowIfNull(now);
        return (Amount == now.Amount ? DealChanges.None : DealChanges.Amount)
            | (Same(Currency, now.Currency) ? DealChanges.None : DealChanges.Currency)
            | (Same(StageId, now.StageId) ? DealChanges.None : DealChanges.Stage);
    }

    private static bool Same(string? a, string? b) =>
        string.Equals(a ?? "", b ?? "", StringComparison.OrdinalIgnoreCase);
}

[Flags]
public enum DealChanges
{
    None = 0,
    Amount = 1,
    Currency = 2,
    Stage = 4,
}
