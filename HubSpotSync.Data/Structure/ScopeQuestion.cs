using HubSpotSync.Core.Scope;

namespace HubSpotSync.Data.Structure;

/// <summary>How many contacts would these filters take?</summary>
/// <param name="Stages">In ordinal order; empty takes all.</param>
public sealed record ScopeQuestion(string[] Stages, ActivityFilter? Activity)
{
    public static ScopeQuestion Of(IEnumerable<string> stages, ActivityFilter? activity) =>
        new([.. stages.Order(StringComparer.Ordinal)], activity);

    public bool Equals(ScopeQuestion? other) =>
        other is not null && Activity == other.Activity && Stages.AsSpan().SequenceEqual(other.Stages);

    public override int GetHashCode() => HashCode.Combine(Stages.Length, Activity);
}

public sealed record ScopeCount(ScopeQuestion Question, int Contacts, DateTimeOffset CountedAt);
