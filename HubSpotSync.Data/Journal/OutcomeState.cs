namespace HubSpotSync.Data.Journal;

public enum OutcomeState
{
    InSync,
    Excluded,
    Failing,
}
