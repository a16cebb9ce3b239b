namespace HubSpotSync.Core.Billing;

public enum ProposalState
{
    Draft,
    Sent,
    Accepted,
    Declined,
}
