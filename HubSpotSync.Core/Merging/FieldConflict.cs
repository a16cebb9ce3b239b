using HubSpotSync.Core.Fields;

namespace HubSpotSync.Core.Merging;

/// <summary>Both sides changed the same field. The losing value is kept here, whoever won.</summary>
public sealed record FieldConflict(
    int Field,
    string? LocalValue,
    string? HubSpotValue,
    DateTimeOffset? LocalEditedAt,
    DateTimeOffset? HubSpotEditedAt,
    ConflictRule Rule,
    ConflictWinner Winner)
{
    /// <summary>A person has to say which value it shall be.</summary>
    public bool AsksPerson => Winner == ConflictWinner.Neither && Rule == ConflictRule.AskPerson;
}

/// <summary>How a conflict ended.</summary>
public enum ConflictWinner
{
    Local,
    HubSpot,

    /// <summary>Both values stay until a person decides, or for good where the rule only fills blanks.</summary>
    Neither,
}
