using HubSpotSync.Core.Planning;

namespace HubSpotSync.Portal.Words;

/// <summary>Which page puts a reason right.</summary>
internal static class FixWords
{
    private const string HubSpot = "/settings/integrations/hubspot";

    public static (string Label, string Href)? Of(OutcomeReason reason) => reason switch
    {
        OutcomeReason.StageNotInScope or OutcomeReason.NotInLists or OutcomeReason.NotActive
            or OutcomeReason.StillActive or OutcomeReason.CompaniesStaySeparate or OutcomeReason.DealsStaySeparate
            or OutcomeReason.DuplicateSkipped or OutcomeReason.OnlyInHubSpot =>
            ("Change the rules", $"{HubSpot}/rules"),
        OutcomeReason.WaitsForReview or OutcomeReason.DuplicateWaits or OutcomeReason.SkippedInReview =>
            ("Open the import review", $"{HubSpot}/review"),
        OutcomeReason.SeveralMatches or OutcomeReason.EmailTakenHere or OutcomeReason.EmailTakenInHubSpot =>
            ("Look for duplicates", $"{HubSpot}/duplicates"),
        OutcomeReason.ValueNotMapped => ("Open the field mapping", $"{HubSpot}/mapping"),
        _ => null,
    };
}
