using HubSpotSync.Core.Scope;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Structure;
using HubSpotSync.Portal.Words;

namespace HubSpotSync.Portal.Rules;

/// <summary>How many contacts rules would take, as far as that is known, and what becomes of the others.</summary>
internal sealed class ScopeEstimate(HubSpotConnection connection, KnownStructure? structure, SyncRules rules)
{
    private static readonly TimeSpan StaysTrue = TimeSpan.FromMinutes(10);

    /// <summary>Customers here that the chosen stages leave out.</summary>
    public int Stopping { get; init; }

    public required DateTimeOffset Now { get; init; }

    public ScopeQuestion Question { get; } = ScopeQuestion.Of(rules.Stages, rules.Activity);

    /// <summary>Activity is the one filter that only HubSpot can count.</summary>
    public bool IsCounting => rules.Activity is not null && Counted is null;

    public bool IsLate => IsCounting && structure?.AskedAt is { } asked && Now - asked > TimeSpan.FromSeconds(20);

    public int Total => connection.StageOptions.Sum(option => option.Contacts);

    /// <summary>Lists overlap, and nobody counts them together with stages.</summary>
    public bool IsExact => rules.Lists.Count == 0
        || (rules.Lists.Count == 1 && rules.Stages.Count == 0 && rules.Activity is null);

    public string Amount => IsCounting
        ? $"Counting in HubSpot how many of {Numbers.Of(Total, "contact")} would sync…"
        : $"{(IsExact ? "" : "At most ")}{Numbers.Count(Contacts)} of {Numbers.Of(Total, "contact")} would sync";

    private int Contacts => Math.Min(Counted ?? ByStage, rules.Lists.Count == 0 ? int.MaxValue : InLists);

    private int ByStage => connection.StageOptions
        .Where(option => rules.Stages.Count == 0 || rules.Stages.Contains(option.Value))
        .Sum(option => option.Contacts);

    private int InLists => structure?.Lists.Where(list => rules.Lists.Contains(list.Id)).Sum(list => list.Size) ?? 0;

    private int? Counted => structure?.Count is { } count && count.Question == Question
        && Now - count.CountedAt < StaysTrue ? count.Contacts : null;

    /// <summary>What becomes of those that stop matching: the second half of the sentence.</summary>
    public string Leaving
    {
        get
        {
            var who = Stopping > 0 && rules.Stages.Count > 0
                ? $"{Numbers.Of(Stopping, "customer")} here whose stage does not match, "
                    + "and whoever stops matching later, "
                : "customers that stop matching ";
            return who + (rules.Leaving == LeavingRule.Archive
                ? "are archived here and taken back when they match again"
                : "stay here, detached: they are no longer updated, and nothing is deleted");
        }
    }
}
