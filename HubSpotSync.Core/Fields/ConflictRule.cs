namespace HubSpotSync.Core.Fields;

/// <summary>Who wins when both sides changed the same field since they last agreed.</summary>
public enum ConflictRule
{
    /// <summary>The later of the two sides' own field clocks; HubSpot on a tie.</summary>
    NewestEdit,
    HubSpot,
    Local,
    HubSpotUnlessBlank,
    LocalUnlessBlank,

    /// <summary>Two values that differ both stay; only a blank is filled.</summary>
    FillOnlyIfEmpty,
    AskPerson,
}
