namespace HubSpotSync.FakeHubSpot.Store;

public sealed record Pipeline(string Id, string Label, int DisplayOrder, IReadOnlyList<PipelineStage> Stages)
{
    public DateTimeOffset CreatedAt { get; init; } = PipelineStage.SetUp;
    public DateTimeOffset UpdatedAt { get; init; } = PipelineStage.SetUp;
    public DateTimeOffset? ArchivedAt { get; init; }

    public PipelineStage? Stage(string? id) => Stages.FirstOrDefault(stage => stage.Id == id);
}
