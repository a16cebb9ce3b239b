namespace HubSpotSync.Core.Matching;

/// <summary>What a record of HubSpot may be found by here.</summary>
/// <param name="PrimaryKey">Its own normalised e-mail or domain; <c>null</c>: none (deals: never by name).</param>
/// <param name="KeyKind">What the primary key is.</param>
public sealed record MatchKeys(long HubSpotId, string? PrimaryKey, MatchedBy KeyKind)
{
    /// <summary>A contact's further addresses, normalised.</summary>
    public IReadOnlyList<string> SecondaryKeys { get; init; } = [];

    /// <summary>The local record that HubSpot's record says it was made for.</summary>
    public Guid? OwnId { get; init; }

    /// <summary>The local record that a person said it is.</summary>
    public Guid? Decided { get; init; }

    /// <summary>The value of the unique property that the admin chose.</summary>
    public string? Unique { get; init; }
}
