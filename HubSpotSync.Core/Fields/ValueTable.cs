using System.Collections.Immutable;

namespace HubSpotSync.Core.Fields;

/// <summary>
/// What the options of a list in HubSpot are called here. A value that the table does not have is never guessed at: the
/// field of that record stays as it is on both sides, and the record says why.
/// </summary>
/// <param name="Pairs">Internal option values. Where one is there twice, the first pair counts.</param>
public sealed record ValueTable(ImmutableArray<ValuePair> Pairs)
{
    public string? ToLocal(string hubSpot) => Find(pair => pair.HubSpot == hubSpot)?.Local;

    public string? ToHubSpot(string local) => Find(pair => pair.Local == local)?.HubSpot;

    /// <summary>
    /// The same with its words as values of this type are held, so that they are found; a pair with a blank says
    /// nothing.
    /// </summary>
    public ValueTable Of(FieldType type) => new(
    [
        .. from pair in Pairs
           let hubSpot = FieldValue.Normalize(type, pair.HubSpot)
           let local = FieldValue.Normalize(type, pair.Local)
           where hubSpot is not null && local is not null
           select new ValuePair(hubSpot, local),
    ]);

    public bool Equals(ValueTable? other) => other is not null && Pairs.SequenceEqual(other.Pairs);

    public override int GetHashCode() => Pairs.Length;

    private ValuePair? Find(Func<ValuePair, bool> condition) => Pairs.FirstOrDefault(condition);
}

public sealed record ValuePair(string HubSpot, string Local);
