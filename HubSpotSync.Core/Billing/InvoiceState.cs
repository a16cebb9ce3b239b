namespace HubSpotSync.Core.Billing;

public enum InvoiceState
{
    /// <summary>Has no number yet, may be edited and deleted.</summary>
    Draft,

    /// <summary>Has its number for good; nothing of it is paid.</summary>
    Sent,

    PartlyPaid,

    Paid,

    /// <summary>Called off; keeps its number.</summary>
    Void,
}
