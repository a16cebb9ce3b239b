namespace HubSpotSync.Core.Billing;

/// <summary>The part of a line that is out of its limits.</summary>
public enum LineProblem
{
    Quantity,
    UnitPrice,
    Discount,
    TaxRate,
}
