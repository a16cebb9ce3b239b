namespace HubSpotSync.Benchmarks.Stages;

/// <summary>What a stage holds when it opens.</summary>
/// <param name="Contacts">How many HubSpot has.</param>
internal sealed record StagePlan(int Contacts)
{
    public int Companies { get; init; }

    public int Deals { get; init; }

    /// <summary>Accounts beside the large one, each with <see cref="SmallContacts"/>.</summary>
    public int SmallAccounts { get; init; }

    public int SmallContacts { get; init; }

    /// <summary>HubSpot's limits, and 100 ms before each answer; or neither.</summary>
    public bool HasLimits { get; init; } = true;

    public int Workers { get; init; } = 1;
}
