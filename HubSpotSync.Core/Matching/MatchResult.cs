using System.Collections.Immutable;

namespace HubSpotSync.Core.Matching;

/// <summary>Which local record a HubSpot record is.</summary>
public abstract record MatchResult
{
    private MatchResult()
    {
    }

    public sealed record Matched(Guid LocalId, MatchedBy By) : MatchResult;

    /// <summary>Several records could be it; nobody may choose but a person.</summary>
    public sealed record Ambiguous(ImmutableArray<Guid> LocalIds) : MatchResult;

    public sealed record None : MatchResult;
}

/// <summary>What made two records one.</summary>
public enum MatchedBy
{
    Link,

    /// <summary>A link to a record that HubSpot has merged into this one.</summary>
    MergedLink,

    /// <summary>HubSpot's record names ours: we made it, and its answer was lost.</summary>
    OwnId,
    Email,
    SecondaryEmail,
    Domain,

    /// <summary>The unique property that the admin chose.</summary>
    UniqueProperty,

    /// <summary>A person said so.</summary>
    Decision,
}
