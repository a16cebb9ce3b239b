using System.Collections.Immutable;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Core.Scope;

namespace HubSpotSync.Tests.Core.Laws;

/// <summary>
/// Rules as an admin may set them. Their maps are made once for all cases, because they cost more than what is tested.
/// </summary>
public sealed record PolicyCase(SyncPolicy Policy, ImmutableDictionary<RecordKind, FieldMap> Maps)
{
    private static readonly RecordKind[] Kinds = Enum.GetValues<RecordKind>();
    private static readonly FieldDirection[] Directions = Enum.GetValues<FieldDirection>();
    private static readonly ConflictRule[] Rules = Enum.GetValues<ConflictRule>();
    private static readonly DuplicateRule[] Duplicates = Enum.GetValues<DuplicateRule>();
    private static readonly LeavingRule[] Leaving = Enum.GetValues<LeavingRule>();
    private static readonly ImmutableHashSet<string>[] Stages = [[], ["customer"], ["customer", "lead"]];
    private static readonly ImmutableHashSet<long>[] Lists = [[], [1]];
    private static readonly ActivityFilter?[] Activities = [null, new(true, 30), new(false, 30)];

    private static readonly PolicyCase[] Known = [.. Enumerable.Range(0, 120).Select(Make)];

    public static PolicyCase Any(Draw draw)
    {
        var known = draw.Of(Known);
        return known with
        {
            Policy = known.Policy with
            {
                LifecycleStages = draw.Of(Stages),
                Lists = draw.Of(Lists),
                Activity = draw.Of(Activities),
                Leaving = draw.Of(Leaving),
                Duplicates = draw.Of(Duplicates),
                IsUnderReview = draw.OneIn(2),
                TakesCompanies = !draw.OneIn(4),
                TakesDeals = !draw.OneIn(4),
            },
        };
    }

    /// <summary>Custom fields, rules of single fields and fields that are off for the moment, by chance.</summary>
    public static SyncPolicy Fields(Draw draw) => new(draw.Of(Enum.GetValues<SyncMode>()), [])
    {
        CustomFields = [.. Enumerable.Range(0, draw.Below(4)).Select(at => new CustomField(
            draw.Of(Kinds),
            new FieldDefinition($"custom{at}", $"custom{at}", FieldType.Text, draw.Of(Directions), draw.Of(Rules))))],
        ContactRules = Enumerable.Range(0, draw.Below(3))
            .Select(_ => draw.Of(["city", StandardFields.Email, "hubspot_owner_id", "custom0", "nobody"]))
            .Distinct().ToDictionary(name => name, _ => new FieldRule(
                draw.OneIn(3) ? null : draw.Of(Directions),
                draw.OneIn(2) ? null : draw.Of(Rules),
                draw.OneIn(2) ? BlankRule.NeverClears : null)),
        DisabledFields = draw.OneIn(4) ? [(draw.Of(Kinds), "phone"), (RecordKind.Contact, "custom0")] : [],
    };

    public override string ToString() =>
        $"{Policy.Mode} stages {string.Join('+', Policy.LifecycleStages)} lists {Policy.Lists.Count} {Policy.Activity} "
        + $"leaving {Policy.Leaving} duplicates {Policy.Duplicates} review {Policy.IsUnderReview} "
        + $"companies {Policy.TakesCompanies} deals {Policy.TakesDeals} "
        + string.Join(' ', Policy.CustomFields.Select(custom => $"{custom.Kind}.{custom.Field.Direction}"))
        + string.Concat(Policy.ContactRules.Select(rule => $" {rule.Key}: {rule.Value}"));

    private static PolicyCase Make(int seed)
    {
        var policy = Fields(new Draw((ulong)seed));
        return new PolicyCase(policy, Kinds.ToImmutableDictionary(kind => kind, policy.MapOf));
    }
}
