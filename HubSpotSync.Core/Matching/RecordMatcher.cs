using System.Collections.Immutable;

namespace HubSpotSync.Core.Matching;

/// <summary>
/// Finds the local record of a HubSpot record among the candidates that were read for its page. A link decides before
/// any address, so an e-mail that changes never makes a second record; so does our own id, which a record that we made
/// carries.
/// </summary>
/// <param name="links">HubSpot id → local id.</param>
/// <param name="keys">
/// Normalised e-mail (contacts) or domain (companies) → unlinked local records that hold it.
/// </param>
public sealed class RecordMatcher(IReadOnlyDictionary<long, Guid> links, ILookup<string, Guid> keys)
{
    /// <summary>Local records without a link, of those that HubSpot's records name.</summary>
    public IReadOnlySet<Guid> Unlinked { get; init; } = ImmutableHashSet<Guid>.Empty;

    /// <param name="primaryKey">
    /// The record's own normalised key, or <c>null</c> (deals have none: never by name).
    /// </param>
    /// <param name="secondaryKeys">A contact's further addresses, normalised.</param>
    /// <param name="ownId">The local record that HubSpot's record says it was made for.</param>
    public MatchResult Match(
        long hubSpotId, string? primaryKey, MatchedBy keyKind, IEnumerable<string> secondaryKeys, Guid? ownId = null)
    {
        ArgumentNullException.ThrowIfNull(secondaryKeys);
        if (links.TryGetValue(hubSpotId, out var linked))
        {
            return new MatchResult.Matched(linked, MatchedBy.Link);
        }

        if (ownId is { } own && Unlinked.Contains(own))
        {
            return new MatchResult.Matched(own, MatchedBy.OwnId);
        }

        if (primaryKey is not null && Among(keys[primaryKey], keyKind) is { } byPrimary)
        {
            return byPrimary;
        }

        return Among(secondaryKeys.SelectMany(key => keys[key]), MatchedBy.SecondaryEmail) ?? new MatchResult.None();
    }

    private static MatchResult? Among(IEnumerable<Guid> found, MatchedBy by)
    {
        ImmutableArray<Guid> ids = [.. found.Distinct()];
        return ids.Length switch
        {
            0 => null,
            1 => new MatchResult.Matched(ids[0], by),
            _ => new MatchResult.Ambiguous(ids),
        };
    }
}
