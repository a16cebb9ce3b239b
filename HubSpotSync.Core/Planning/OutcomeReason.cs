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
    NotInLists,

    /// <summary>Nothing happened with it in HubSpot for longer than the rules take.</summary>
    NotActive,

    /// <summary>Something happened with it in HubSpot, and the rules take those where nothing did.</summary>
    StillActive,
    CompaniesStaySeparate,

    /// <summary>Nobody has said yet whether it shall come.</summary>
    WaitsForReview,

    /// <summary>It is somebody who is here already, and a person has to say what shall become of the two.</summary>
    DuplicateWaits,
    SkippedInReview,

    /// <summary>It is somebody who is here already, and the rules leave such contacts out.</summary>
    DuplicateSkipped,

    /// <summary>A value has no counterpart in the field's value table.</summary>
    ValueNotMapped,

    /// <summary>Both sides were edited, and the field's rule leaves it to a person.</summary>
    AwaitsDecision,

    /// <summary>HubSpot's answer to a creation was lost; it is looked for once the search knows it.</summary>
    AwaitsAnswer,

    /// <summary>A person here merged it into another record.</summary>
    MergedHere,

    /// <summary>A person took it out of the sync.</summary>
    SetApart,

    /// <summary>The page it was on met an error of ours again and again. It gets looks of its own.</summary>
    ErrorOfOurs,
}
