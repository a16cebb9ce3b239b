namespace HubSpotSync.Core.Planning;

/// <summary>What a person, or a rule for them, decided about a contact before it came. It stays decided.</summary>
/// <param name="LocalId">Which record here was meant, where there was a choice.</param>
public sealed record ReviewDecision(ReviewAnswer Answer, Guid? LocalId);

public enum ReviewAnswer
{
    /// <summary>It comes, and becomes one with its match if there is one, each field by its own rule.</summary>
    Import,

    /// <summary>It becomes one with its match and HubSpot's values are taken.</summary>
    Replace,

    /// <summary>It comes as a record of its own though there is a match.</summary>
    CreateNew,
    Skip,
}
