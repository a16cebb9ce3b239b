namespace HubSpotSync.FakeHubSpot.Limits;

/// <summary>What an app may ask in ten seconds and in a day, by its kind and the account's plan.</summary>
/// <param name="PerDay">Null where a day has no end to it: public OAuth apps.</param>
public sealed record LimitTier(string Name, int PerTenSeconds, int? PerDay)
{
    public static readonly LimitTier OAuth = new("oauth", 110, null);

    /// <summary>HubSpot's documents name 625,000 and 650,000 a day; the stricter one holds here.</summary>
    public static readonly LimitTier PrivateProfessional = new("private-professional", 190, 625_000);

    public static readonly IReadOnlyList<LimitTier> All =
    [
        OAuth,
        new("private-free", 100, 250_000),
        PrivateProfessional,
        new("private-enterprise", 190, 1_000_000),
        new("private-increased", 250, 2_000_000),
    ];

    public static string Names => string.Join(", ", All.Select(tier => tier.Name));

    public static LimitTier? Find(string? name) => All.FirstOrDefault(tier => tier.Name == name);
}
