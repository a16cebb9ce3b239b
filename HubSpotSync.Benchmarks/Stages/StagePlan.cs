namespace HubSpotSync.Benchmarks.Stages;

/// <summary>What a stage holds when it opens.</summary>
/// <param name="Contacts">How many HubSpot has.</param>
internal sealed record StagePlan(int Contacts)
{
    public int Companies { get; init; }

    public int Deals { get; init; }

    public int Workers { get; init; } = 1;
}
