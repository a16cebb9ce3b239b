using HubSpotSync.Portal.Pages.Settings.Integrations.HubSpot;

namespace HubSpotSync.Portal.Review;

/// <summary>A candidate as the page draws it.</summary>
internal sealed record ReviewLine(ReviewModel Page, Candidate Row)
{
    /// <summary>It comes alone, in answer to a choice, and brings the new counts with it.</summary>
    public bool IsAnswer { get; init; }
}
