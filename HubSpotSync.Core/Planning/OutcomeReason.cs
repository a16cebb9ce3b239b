namespace HubSpotSync.Core.Planning;

/// <summary>Why a look ended as it did. Stored by name, so a name is never reused for another meaning.</summary>
public enum OutcomeReason
{
    Agreed,
    StageNotInScope,
    ArchivedHere,
    ArchivedInHubSpot,
    SeveralMatches,
    NothingToIdentifyBy,
    RefusedByHubSpot,
    EmailTakenHere,
    MovedMeanwhile,
    GoneFromHubSpot,
    EmailTakenInHubSpot,
}
