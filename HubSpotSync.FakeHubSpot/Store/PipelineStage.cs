namespace HubSpotSync.FakeHubSpot.Store;

/// <summary>Won is closed with probability 1.0, lost is closed with 0.0.</summary>
public sealed record PipelineStage(string Id, string Label, int DisplayOrder, string Probability)
{
    public bool IsClosed => Probability is "1.0" or "0.0";
    public bool IsWon => Probability == "1.0";
}
