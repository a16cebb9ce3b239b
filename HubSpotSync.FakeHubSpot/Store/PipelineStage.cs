namespace HubSpotSync.FakeHubSpot.Store;

/// <summary>Won is closed with probability 1.0, lost is closed with 0.0.</summary>
public sealed record PipelineStage(string Id, string Label, int DisplayOrder, string Probability)
{
    /// <summary>When the account itself was set up: what it came with is that old.</summary>
    public static readonly DateTimeOffset SetUp = new(2023, 1, 9, 8, 0, 0, TimeSpan.Zero);

    public DateTimeOffset CreatedAt { get; init; } = SetUp;
    public DateTimeOffset UpdatedAt { get; init; } = SetUp;

    public bool IsClosed => Probability is "1.0" or "0.0";
    public bool IsWon => Probability == "1.0";
}
