namespace HubSpotSync.Core.Billing;

public static class ProposalRules
{
    public static bool MayEdit(ProposalState state) => state == ProposalState.Draft;

    /// <summary>On its last day a proposal still stands.</summary>
    public static bool HasEnded(ProposalState state, DateOnly? validUntil, DateOnly today) =>
        state == ProposalState.Sent && validUntil < today;

    public static bool MayAnswer(ProposalState state, DateOnly? validUntil, DateOnly today) =>
        state == ProposalState.Sent && !HasEnded(state, validUntil, today);

    /// <summary>Also before the answer: it may have come by telephone.</summary>
    public static bool MayInvoice(ProposalState state) => state is ProposalState.Sent or ProposalState.Accepted;
}
