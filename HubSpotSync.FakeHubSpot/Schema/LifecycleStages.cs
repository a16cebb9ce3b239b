namespace HubSpotSync.FakeHubSpot.Schema;

/// <summary>The stages in their order. Stages an account adds have numbers for names.</summary>
internal static class LifecycleStages
{
    public const string Trial = "167012345";
    public const string Partner = "167012346";

    public static readonly IReadOnlyList<(string Value, string Label)> All =
    [
        ("subscriber", "Subscriber"),
        ("lead", "Lead"),
        ("marketingqualifiedlead", "Marketing Qualified Lead"),
        (Trial, "Trial user"),
        ("salesqualifiedlead", "Sales Qualified Lead"),
        ("opportunity", "Opportunity"),
        ("customer", "Customer"),
        ("evangelist", "Evangelist"),
        ("other", "Other"),
        (Partner, "Partner"),
    ];

    /// <summary>HubSpot answers such a write with success and leaves the stage as it is.</summary>
    public static bool IsBackward(PropertyDefinition definition, string? before, string after) =>
        after.Length > 0 && Rank(definition, before) is { } from && Rank(definition, after) is { } to && to < from;

    private static int? Rank(PropertyDefinition definition, string? value) =>
        definition.Options.FirstOrDefault(option => option.Value == value)?.DisplayOrder;
}
