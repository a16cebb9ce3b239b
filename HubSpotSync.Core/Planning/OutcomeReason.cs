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

    /// <summary>The CRM is the source of truth and has nobody of this address.</summary>
    OnlyInHubSpot,
    DealsStaySeparate,

    /// <summary>HubSpot was told to forget the person, and so was forgotten here.</summary>
    Erased,
}
