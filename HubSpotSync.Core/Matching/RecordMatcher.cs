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

    /// <summary>The same as the keys, by the unique property that the admin chose.</summary>
    public ILookup<string, Guid> Uniques { get; init; } = Array.Empty<string>().ToLookup(key => key, _ => Guid.Empty);

    public MatchResult Match(MatchKeys record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (links.TryGetValue(record.HubSpotId, out var linked))
        {
            return new MatchResult.Matched(linked, MatchedBy.Link);
        }

        if (record.Decided is { } decided && Unlinked.Contains(decided))
        {
            return new MatchResult.Matched(decided, MatchedBy.Decision);
        }

        if (record.OwnId is { } own && Unlinked.Contains(own))
        {
            return new MatchResult.Matched(own, MatchedBy.OwnId);
        }

        return (record.PrimaryKey is { } key ? Among(keys[key], record.KeyKind) : null)
            ?? AmongFurther(record.SecondaryKeys)
            ?? (record.Unique is { } unique ? Among(Uniques[unique], MatchedBy.UniqueProperty) : null)
            ?? new MatchResult.None();
    }

    private MatchResult? AmongFurther(IReadOnlyList<string> further) =>
        further.Count == 0 ? null : Among(further.SelectMany(one => keys[one]), MatchedBy.SecondaryEmail);

    private static MatchResult? Among(IEnumerable<Guid> found, MatchedBy by)
    {
        if (!found.Any())
        {
            return null; // nearly always, in an import
        }

        ImmutableArray<Guid> ids = [.. found.Distinct()];
        return ids.Length switch
        {
            1 => new MatchResult.Matched(ids[0], by),
            _ => new MatchResult.Ambiguous(ids),
        };
    }
}
